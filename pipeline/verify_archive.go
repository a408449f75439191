package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"

	"caipan/pipeline/columnar"
	"caipan/report"
)

// ChecksumsName is the list of checksums of a replication archive, as sha256sum writes it.
const ChecksumsName = "checksums.sha256"

// archive checks an unpacked replication archive: every checksum, every table with both libraries, agreement counted again.
func (v *Verdict) archive(ctx context.Context, dir, list string) error {
	c := report.NewRecount()
	for line := range strings.Lines(list) {
		if err := ctx.Err(); err != nil {
			return err
		}
		want, name, ok := strings.Cut(strings.TrimRight(line, "\n"), "  ")
		if !ok || !filepath.IsLocal(filepath.FromSlash(name)) {
			v.differ("%s: line %q is not a checksum and a path inside the archive", ChecksumsName, line)
			continue
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		v.count("files by SHA-256", 1)
		if have, err := sha256Of(path); err != nil || have != want {
			v.differ("%s: SHA-256 %.12s, the list says %.12s (%v)", name, have, want, err)
			continue
		}
		t := tableOf(strings.TrimPrefix(name, "data/parquet/"))
		if t == nil {
			continue
		}
		rows, err := columnar.Verify(path, t)
		v.count("values read with two libraries", rows*int64(len(t.Columns)))
		if err == nil && (t.Name == "comparison" || t.Name == "metrics") {
			err = eachSecond(path, t, c.Add)
		}
		if err != nil {
			v.differ("%v", err)
		}
	}
	v.compare(dir, c)
	return nil
}

func sha256Of(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}
