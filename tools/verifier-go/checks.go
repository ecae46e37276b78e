package main

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// record proves that the record at position is in the tree, and returns it.
func (t *tree) record(position int64) ([]byte, error) {
	if position < 0 || position >= t.size {
		return nil, fmt.Errorf("position %d is outside a tree of %d", position, t.size)
	}
	records, err := t.bundle(position)
	if err != nil {
		return nil, err
	}
	record := records[position&(1<<height-1)]
	proof, err := tlog.ProveRecord(t.size, position, t.hashes())
	if err != nil {
		return nil, fmt.Errorf("position %d: %w", position, err)
	}
	if err := tlog.CheckRecord(proof, t.size, t.root, position, tlog.RecordHash(record)); err != nil {
		return nil, fmt.Errorf("position %d: %w", position, err)
	}
	return record, nil
}

// checkRecords proves each position. Whole bundles share their reading: one authenticated read of all their leaves.
func (t *tree) checkRecords(positions []int64) error {
	if int64(len(positions)) == t.size && t.size > 3 {
		return t.checkAll()
	}
	for _, position := range positions {
		record, err := t.record(position)
		if err != nil {
			return err
		}
		fmt.Printf("inclusion: position %d, %d bytes, is in the tree\n", position, len(record))
	}
	return nil
}

// checkAll holds every record of every bundle against its authenticated leaf.
func (t *tree) checkAll() error {
	for start := int64(0); start < t.size; start += 1 << height {
		records, err := t.bundle(start)
		if err != nil {
			return err
		}
		indexes := make([]int64, len(records))
		for i := range records {
			indexes[i] = tlog.StoredHashIndex(0, start+int64(i))
		}
		leaves, err := t.hashes().ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, record := range records {
			if tlog.RecordHash(record) != leaves[i] {
				return fmt.Errorf("position %d is not the record that was logged", start+int64(i))
			}
		}
	}
	fmt.Printf("inclusion: all %d records equal their leaves\n", t.size)
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
