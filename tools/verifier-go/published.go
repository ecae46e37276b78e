package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// height of the tiles: 256 hashes each.
const height = 8

// published is what a log has published: files, as they are or with one byte changed on the way.
type published struct {
	folder string
	vkey   string
	change func(path string, data []byte) []byte
}

func (p *published) read(path string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(p.folder, filepath.FromSlash(path)))
	if err == nil && p.change != nil {
		data = p.change(path, append([]byte(nil), data...))
	}
	return data, err
}

// readWidest reads a tile, or the full one when the partial one has been removed for it.
func (p *published) readWidest(path string, count, width int) ([]byte, error) {
	data, err := p.read(path)
	if !errors.Is(err, os.ErrNotExist) {
		return data, err
	}
	whole, _, isPartial := strings.Cut(path, ".p/")
	if !isPartial {
		return nil, err
	}
	data, err = p.read(whole)
	if err == nil && width > 0 {
		if len(data) < count*width {
			return nil, fmt.Errorf("%s is too short", whole)
		}
		data = data[:count*width]
	}
	return data, err
}

// tree is a log whose checkpoint has been verified; every hash read of it is authenticated by its root.
type tree struct {
	log    *published
	origin string
	size   int64
	root   tlog.Hash
}

func (p *published) open() (*tree, error) {
	verifier, err := note.NewVerifier(p.vkey)
	if err != nil {
		return nil, fmt.Errorf("the verifier key: %w", err)
	}
	data, err := p.read("checkpoint")
	if err != nil {
		return nil, err
	}
	signed, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return nil, fmt.Errorf("the checkpoint: %w", err)
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return nil, errors.New("the checkpoint has not three lines")
	}
	if lines[0] != verifier.Name() {
		return nil, errors.New("the checkpoint's origin is not the key's name")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 1 || strconv.FormatInt(size, 10) != lines[1] {
		return nil, errors.New("the checkpoint's size is not one of a tree")
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return nil, fmt.Errorf("the checkpoint's root: %w", err)
	}
	return &tree{p, lines[0], size, root}, nil
}

// hashes reads stored hashes through tlog.TileHashReader, which checks each tile against the root.
func (t *tree) hashes() tlog.HashReader {
	return tlog.TileHashReader(tlog.Tree{N: t.size, Hash: t.root}, (*tileReader)(t))
}

type tileReader tree

func (r *tileReader) Height() int                         { return height }
func (r *tileReader) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (r *tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		// Go's own paths begin with tile/8/; the C2SP ones leave the height out.
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := r.log.readWidest(path, tile.W, tlog.HashSize)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// bundle returns the records of the entry bundle that position is in.
func (t *tree) bundle(position int64) ([][]byte, error) {
	index := position >> height
	width := int64(1) << height
	if left := t.size - index*width; left < width {
		width = left
	}
	tile := tlog.Tile{H: height, L: -1, N: index, W: int(width)}
	path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
	data, err := t.log.readWidest(path, int(width), 0)
	if err != nil {
		return nil, err
	}
	var records [][]byte
	for len(data) > 0 && int64(len(records)) < width {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("%s ends within a record", path)
		}
		length := int(binary.BigEndian.Uint16(data))
		records = append(records, data[2:2+length])
		data = data[2+length:]
	}
	if int64(len(records)) != width {
		return nil, fmt.Errorf("%s has %d records, not %d", path, len(records), width)
	}
	return records, nil
}
