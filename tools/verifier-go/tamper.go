package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// A tampering changes one byte of what is read. It must be one that the checks read at all.
type tampering struct {
	name   string
	change func(path string, data []byte) []byte
}

// checkTampering requires that the same checks which have just held refuse every change of one byte.
func checkTampering(log *published, whole *tree) error {
	middle := whole.size / 2
	records, err := whole.bundle(middle)
	if err != nil {
		return err
	}
	inBundle := int(middle & (1<<height - 1))
	offset := 0
	for _, record := range records[:inBundle] {
		offset += 2 + len(record)
	}
	changes := []tampering{
		{"leaf", flipIn("tile/0/", bundleName(middle), 32*inBundle)},
		{"record in a bundle", flipIn("tile/entries/", bundleName(middle), offset+2)},
		{"length in a bundle", flipIn("tile/entries/", bundleName(middle), offset+1)},
		{"signature", flipCheckpoint(func(data []byte) int { return len(data) - 10 })},
		{"origin", flipCheckpoint(func(data []byte) int { return 0 })},
		{"size", flipCheckpoint(func(data []byte) int { return bytes.IndexByte(data, '\n') + 1 })},
		{"root", flipCheckpoint(func(data []byte) int { return bytes.Index(data, []byte("\n\n")) - 10 })},
	}
	if whole.size >= 1<<height {
		changes = append(changes, tampering{"inner node", flipIn("tile/1/", "", 0)})
	}
	for _, change := range changes {
		changed := 0
		tampered := &published{folder: log.folder, vkey: log.vkey}
		tampered.change = func(path string, data []byte) []byte {
			original := append([]byte(nil), data...)
			data = change.change(path, data)
			if !bytes.Equal(original, data) {
				changed++
			}
			return data
		}
		err := checkOne(tampered, middle)
		if changed == 0 {
			return fmt.Errorf("tampering with a %s changed nothing: the check is blind", change.name)
		}
		if err == nil {
			return errors.New("tampering was not noticed: " + change.name)
		}
		fmt.Printf("tampering: a changed %s is refused: %v\n", change.name, err)
	}
	return nil
}

// checkOne opens the log and proves one record and one prefix.
func checkOne(log *published, position int64) error {
	tree, err := log.open()
	if err != nil {
		return err
	}
	if _, err := tree.record(position); err != nil {
		return err
	}
	return tree.checkPrefix(tree.size/2 + 1)
}

// bundleName is the path of a tile's index below its level.
func bundleName(position int64) string {
	index := position >> height
	name := fmt.Sprintf("%03d", index%1000)
	for index >= 1000 {
		index /= 1000
		name = fmt.Sprintf("x%03d/%s", index%1000, name)
	}
	return name
}

// flipIn changes a byte of the tile that is named, or of every tile of the level.
func flipIn(level, name string, offset int) func(string, []byte) []byte {
	return func(path string, data []byte) []byte {
		rest := strings.TrimPrefix(path, level)
		isIn := rest != path
		if isIn && (name == "" || rest == name || strings.HasPrefix(rest, name+".p/")) && offset < len(data) {
			data[offset] ^= 1
		}
		return data
	}
}

func flipCheckpoint(where func([]byte) int) func(string, []byte) []byte {
	return func(path string, data []byte) []byte {
		if path == "checkpoint" {
			data[where(data)] ^= 1
		}
		return data
	}
}
