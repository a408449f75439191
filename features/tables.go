package features

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sync"
)

// tables are all data files that decide how a judgment is read, embedded here a second time for their digest alone.
//
//go:embed citation/*.yaml header/*.yaml header/*.txt lexicon/tables/*.yaml operator/tables/*.yaml
//go:embed party/*.yaml ruling/*.yaml section/*.yaml segment/*.txt
var tables embed.FS

// TablesDigest is the SHA-256 of the program's own tables; with it a run's id changes when a table does.
var TablesDigest = sync.OnceValues(func() (string, error) { return digestOf(tables) })

// digestOf is the SHA-256 over names and contents of all files under dir, in order of their paths.
func digestOf(dir fs.FS) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(dir, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(dir, p)
		fmt.Fprintf(h, "%q %d\n", p, len(b))
		h.Write(b)
		return err
	})
	return hex.EncodeToString(h.Sum(nil)), err
}
