// Verifier checks a log's published tiles with code that nobody here wrote: golang.org/x/mod/sumdb/note for the
// signature, golang.org/x/mod/sumdb/tlog for tiles and proofs. It needs no daemon and no network.
//
// Build it offline on Debian, with golang-go and golang-golang-x-mod-dev installed:
//
//	cd tools/verifier-go && GO111MODULE=off GOPATH=$PWD:/usr/share/gocode go build -o /tmp/daybook-verifier .
//
// Then:
//
//	daybook-verifier -tiles DATA/tiles -vkey "$(cat DATA/tiles/vkey)" [-index 0,123,69999] [-old 69000] [-all] [-tamper]
//	daybook-verifier -tiles DATA/tiles -vkey "$(cat DATA/tiles/vkey)" -dump 123 > record.bin
//
// It ends with 0 when all it was asked to check holds, with 1 when something does not, with 2 on wrong usage.
package main

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
)

func main() {
	tiles := flag.String("tiles", "", "the `folder` with checkpoint and tile/ in it")
	vkey := flag.String("vkey", "", "the log's verifier `key`, name+id+base64")
	index := flag.String("index", "", "positions to prove, separated by commas (default: first, middle, last)")
	old := flag.Int64("old", 0, "prove that the tree of this `size` is a prefix (default: several)")
	all := flag.Bool("all", false, "build the tree anew from every record, too")
	tamper := flag.Bool("tamper", false, "change one byte at a time, in memory, and require that it is refused")
	dump := flag.Int64("dump", -1, "prove this `position` and write its record to standard output")
	flag.Parse()
	if *tiles == "" || *vkey == "" || flag.NArg() != 0 {
		flag.Usage()
		os.Exit(2)
	}
	log := &published{folder: *tiles, vkey: strings.TrimSpace(*vkey)}
	if err := run(log, *index, *old, *all, *tamper, *dump); err != nil {
		fmt.Fprintf(os.Stderr, "REFUSED: %v\n", err)
		os.Exit(1)
	}
}

func run(log *published, index string, old int64, all, tamper bool, dump int64) error {
	tree, err := log.open()
	if err != nil {
		return err
	}
	if dump >= 0 {
		record, err := tree.record(dump)
		if err != nil {
			return err
		}
		_, err = os.Stdout.Write(record)
		return err
	}
	fmt.Printf("checkpoint: %s, size %d, root %s: signature holds\n", tree.origin, tree.size, tree.root)
	positions, err := parsePositions(index, tree.size)
	if err != nil {
		return err
	}
	if err := tree.checkRecords(positions); err != nil {
		return err
	}
	if all {
		if err := tree.checkAll(); err != nil {
			return err
		}
	}
	olds := []int64{old}
	if old == 0 {
		olds = olderSizes(tree.size)
	}
	for _, size := range olds {
		if err := tree.checkPrefix(size); err != nil {
			return err
		}
		fmt.Printf("consistency: the tree of %d is a prefix of the tree of %d\n", size, tree.size)
	}
	if tamper {
		return checkTampering(log, tree)
	}
	return nil
}

// parsePositions reads a list of positions; an empty one stands for the first, the middle and the last.
func parsePositions(list string, size int64) ([]int64, error) {
	var positions []int64
	if list == "" {
		return []int64{0, size / 2, size - 1}, nil
	}
	for _, text := range strings.Split(list, ",") {
		position, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("position %q is no number", text)
		}
		positions = append(positions, position)
	}
	return positions, nil
}

// olderSizes picks sizes around the places where trees change their shape.
func olderSizes(size int64) []int64 {
	var sizes []int64
	for _, candidate := range []int64{1, 255, 256, 257, size / 2, 65536, size - 1, size} {
		if candidate >= 1 && candidate <= size {
			sizes = append(sizes, candidate)
		}
	}
	return sizes
}
