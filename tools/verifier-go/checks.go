package main

import (
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// record proves that the record at position is in the tree, and returns it.
//
// The proof is checked against the root itself. tlog.TileHashReader of 0.7.0 leaves a tile unchecked when several
// hashes of the right edge come from one tile, so nothing may rest on its word alone.
func (t *tree) record(position int64) ([]byte, error) {
	if position < 0 || position >= t.size {
		return nil, fmt.Errorf("position %d is outside a tree of %d", position, t.size)
	}
	records, err := t.bundle(position)
	if err != nil {
		return nil, err
	}
	record := records[position&(1<<height-1)]
	leaf := tlog.RecordHash(record)
	leaves, err := t.hashes().ReadHashes([]int64{tlog.StoredHashIndex(0, position)})
	if err != nil {
		return nil, fmt.Errorf("position %d: %w", position, err)
	}
	if leaves[0] != leaf {
		return nil, fmt.Errorf("position %d: the bundle's record is not the leaf's", position)
	}
	proof, err := tlog.ProveRecord(t.size, position, t.hashes())
	if err != nil {
		return nil, fmt.Errorf("position %d: %w", position, err)
	}
	if err := tlog.CheckRecord(proof, t.size, t.root, position, leaf); err != nil {
		return nil, fmt.Errorf("position %d: %w", position, err)
	}
	return record, nil
}

func (t *tree) checkRecords(positions []int64) error {
	for _, position := range positions {
		record, err := t.record(position)
		if err != nil {
			return err
		}
		fmt.Printf("inclusion: position %d, %d bytes, is in the tree\n", position, len(record))
	}
	return nil
}

// checkAll builds the tree anew from the records of every bundle, and holds the root and every hash tile against it.
func (t *tree) checkAll() error {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
	for position := int64(0); position < t.size; {
		records, err := t.bundle(position)
		if err != nil {
			return err
		}
		for _, record := range records {
			hashes, err := tlog.StoredHashes(position, record, reader)
			if err != nil {
				return err
			}
			stored = append(stored, hashes...)
			position++
		}
	}
	root, err := tlog.TreeHash(t.size, reader)
	if err != nil {
		return err
	}
	if root != t.root {
		return fmt.Errorf("the records of the bundles give another root: %s", root)
	}
	fmt.Printf("records: all %d give the root that was signed\n", t.size)
	return t.checkTiles(stored)
}

// checkTiles holds every hash tile against hashes computed from the records.
func (t *tree) checkTiles(stored []tlog.Hash) error {
	count := 0
	for _, tile := range tlog.NewTiles(height, 0, t.size) {
		// What NewTiles lists includes partial tiles on the way; only the widest of each is published.
		if left := (t.size >> uint(height*tile.L)) - tile.N<<height; left > int64(tile.W) && tile.W < 1<<height {
			continue
		}
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := t.log.read(path)
		if err != nil {
			return err
		}
		if len(data) != tile.W*tlog.HashSize {
			return fmt.Errorf("%s has %d bytes", path, len(data))
		}
		for i := 0; i < tile.W; i++ {
			index := tlog.StoredHashIndex(height*tile.L, tile.N<<height+int64(i))
			if string(data[i*tlog.HashSize:(i+1)*tlog.HashSize]) != string(stored[index][:]) {
				return fmt.Errorf("hash %d of %s is not that of the records", i, path)
			}
		}
		count++
	}
	fmt.Printf("tiles: all %d hash tiles are those of the records\n", count)
	return nil
}

// checkPrefix proves that the tree of the older size is a prefix of this one.
func (t *tree) checkPrefix(size int64) error {
	if size < 1 || size > t.size {
		return fmt.Errorf("size %d is outside a tree of %d", size, t.size)
	}
	older, err := tlog.TreeHash(size, t.hashes())
	if err != nil {
		return fmt.Errorf("the tree of %d: %w", size, err)
	}
	proof, err := tlog.ProveTree(t.size, size, t.hashes())
	if err != nil {
		return fmt.Errorf("the tree of %d: %w", size, err)
	}
	if err := tlog.CheckTree(proof, t.size, t.root, size, older); err != nil {
		return fmt.Errorf("the tree of %d: %w", size, err)
	}
	return nil
}
