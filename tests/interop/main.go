// Checks a log with Go's own packages for transparency logs, which know nothing of
// this project: its signed head, the proof of every entry, and that it is the
// continuation of a head that was kept.
//
// Usage: main LOG-ADDRESS PUBLIC-KEY KEPT-CHECKPOINT-FILE
package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// tlog cuts trees by any height and writes it into a tile's path; C2SP has one height.
const height = 8

func main() {
	log.SetFlags(0)
	if len(os.Args) != 4 {
		log.Fatal("usage: main LOG-ADDRESS PUBLIC-KEY KEPT-CHECKPOINT-FILE")
	}
	said, err := check(os.Args[1], os.Args[2], os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(said)
}

func check(address, key, keptFile string) (string, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return "", err
	}
	kept, err := os.ReadFile(keptFile)
	if err != nil {
		return "", err
	}
	before, err := openHead(kept, verifier)
	if err != nil {
		return "", fmt.Errorf("kept checkpoint: %w", err)
	}
	published, err := get(address + "/checkpoint")
	if err != nil {
		return "", err
	}
	now, err := openHead(published, verifier)
	if err != nil {
		return "", fmt.Errorf("published checkpoint: %w", err)
	}
	tiles := &served{address: address, known: map[string][]byte{}}
	hashes := tlog.TileHashReader(now, tiles)
	if err := checkEntries(address, now, hashes); err != nil {
		return "", err
	}
	proof, err := tlog.ProveTree(now.N, before.N, hashes)
	if err != nil {
		return "", fmt.Errorf("consistency proof: %w", err)
	}
	if err := tlog.CheckTree(proof, now.N, now.Hash, before.N, before.Hash); err != nil {
		return "", fmt.Errorf("%d entries do not continue %d: %w", now.N, before.N, err)
	}
	return fmt.Sprintf("%d entries, continuing %d", now.N, before.N), nil
}

// openHead reads a checkpoint that this key signed.
func openHead(signed []byte, key note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(key))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != key.Name() {
		return tlog.Tree{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// checkEntries proves each entry that is handed out, and that none is missing.
func checkEntries(address string, head tlog.Tree, hashes tlog.HashReader) error {
	for start := int64(0); start < head.N; start += 1 << height {
		number := start
		bundle, err := get(address + "/tile/entries/" + place(start, head.N))
		if err != nil {
			return err
		}
		for len(bundle) > 0 {
			entry, rest, err := next(bundle)
			if err != nil {
				return err
			}
			proof, err := tlog.ProveRecord(head.N, number, hashes)
			if err != nil {
				return fmt.Errorf("inclusion proof of entry %d: %w", number, err)
			}
			hash := tlog.RecordHash(entry)
			if err := tlog.CheckRecord(proof, head.N, head.Hash, number, hash); err != nil {
				return fmt.Errorf("entry %d: %w", number, err)
			}
			number, bundle = number+1, rest
		}
		if number != head.N && number != start+1<<height {
			return fmt.Errorf("entries end at %d", number)
		}
	}
	return nil
}

// next cuts off the first entry of a bundle.
func next(bundle []byte) (entry, rest []byte, err error) {
	if len(bundle) < 2 {
		return nil, nil, io.ErrUnexpectedEOF
	}
	end := 2 + int(binary.BigEndian.Uint16(bundle))
	if len(bundle) < end {
		return nil, nil, io.ErrUnexpectedEOF
	}
	return bundle[2:end], bundle[end:], nil
}

// place is where the entries from this number on lie: as the tile above their hashes.
func place(number, size int64) string {
	tile := tlog.Tile{H: height, N: number >> height, W: 1 << height}
	if left := size - number; left < 1<<height {
		tile.W = int(left)
	}
	return strings.TrimPrefix(tile.Path(), "tile/8/0/")
}

// served reads tiles where the log hands them out.
type served struct {
	address string
	known   map[string][]byte
}

func (s *served) Height() int { return height }

func (s *served) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		path := "/tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")
		if s.known[path] == nil {
			data, err := get(s.address + path)
			if err != nil {
				return nil, err
			}
			s.known[path] = data
		}
		found = append(found, s.known[path])
	}
	return found, nil
}

// SaveTiles is told which tiles were found to be right; they are kept already.
func (s *served) SaveTiles([]tlog.Tile, [][]byte) {}

func get(address string) ([]byte, error) {
	answer, err := http.Get(address)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", address, answer.Status)
	}
	return io.ReadAll(answer.Body)
}
