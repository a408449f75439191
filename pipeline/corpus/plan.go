package corpus

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// Limits of a plan unit: consecutive files are grouped up to these; a larger file stands alone.
const (
	unitBytes = 4 << 20
	unitFiles = 500
)

// File is one file or archive member of the plan.
type File struct {
	SourcePath string // as in Record
	Size       int64  // bytes; of an archive member unpacked
	CRC        uint32 // of an archive member, as its directory says; 0 for plain files
	Archive    int64  // size of the archive that holds it, 0 for plain files
	origin     origin
	fault      *RecordError // known before reading: the file is one record error
}

// Unit is what one worker takes: one large file, or consecutive small ones.
type Unit struct {
	No    int
	Files []File
	Size  int64 // bytes, the sum over its files
}

// Skipped is a directory entry that is listed and not read.
type Skipped struct {
	SourcePath string
	Reason     string // hidden, symlink, special, macosx, empty, readme
}

// Plan lists the units of all inputs, in the order in which their records count as first.
type Plan struct {
	Units      []Unit
	Skipped    []Skipped
	Digest     string // SHA-256 in hex over paths, sizes, checksums and the options that change the reading
	HandPicked bool   // no input holds many records: a corpus of single documents
	opt        Options
	archives   *archives
}

// MakePlan lists the inputs (files or directories) without reading a record. Inputs are taken in the order of their
// base names, directories in the order of their entries' names. Errors: an input that is not there, two inputs with the
// same base name, a mapping to unknown fields. Close the plan when all units are read.
func MakePlan(inputs []string, opt Options) (*Plan, error) {
	if err := checkOptions(opt); err != nil {
		return nil, err
	}
	roots, err := sortedInputs(inputs)
	if err != nil {
		return nil, err
	}
	p := &Plan{opt: opt, archives: newArchives()}
	w := walker{plan: p}
	for _, r := range roots {
		if err := w.input(r); err != nil {
			p.Close()
			return nil, err
		}
	}
	p.group(w.files)
	p.HandPicked = p.handPicked(w.files)
	p.Digest, err = p.digest()
	if err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// Close releases the archives that the plan holds open.
func (p *Plan) Close() error { return p.archives.close() }

type root struct{ base, path string }

func sortedInputs(inputs []string) ([]root, error) {
	if len(inputs) == 0 {
		return nil, fmt.Errorf("no input given: name at least one file or folder")
	}
	var roots []root
	seen := map[string]string{}
	for _, in := range inputs {
		abs, err := filepath.Abs(in)
		if err != nil {
			return nil, fmt.Errorf("input %s: %w", in, err)
		}
		base := filepath.Base(abs)
		if old, ok := seen[base]; ok {
			return nil, fmt.Errorf("inputs %s and %s have the same base name %s, so their records could not be told apart: rename one, or give the folder that holds both", old, in, base)
		}
		seen[base] = in
		roots = append(roots, root{base, abs})
	}
	sort.Slice(roots, func(i, j int) bool { return roots[i].base < roots[j].base })
	return roots, nil
}

// walker collects files in plan order.
type walker struct {
	plan  *Plan
	files []File
}

func (w *walker) input(r root) error {
	info, err := os.Stat(r.path)
	if err != nil {
		return fmt.Errorf("input %s cannot be read: %w; check the path", r.path, err)
	}
	if info.IsDir() {
		return w.dir(r.path, r.base)
	}
	w.file(r.path, r.base, info.Size())
	return nil
}

// dir lists one directory; os.ReadDir sorts by name.
func (w *walker) dir(path, rel string) error {
	entries, err := os.ReadDir(path)
	if err != nil {
		return fmt.Errorf("folder %s cannot be listed: %w; check its permissions", path, err)
	}
	for _, e := range entries {
		name := rel + "/" + e.Name()
		switch {
		case strings.HasPrefix(e.Name(), "."):
			w.skip(name, "hidden")
		case e.Name() == "__MACOSX":
			w.skip(name, "macosx")
		case e.Type()&fs.ModeSymlink != 0:
			w.skip(name, "symlink")
		case e.IsDir():
			if err := w.dir(filepath.Join(path, e.Name()), name); err != nil {
				return err
			}
		case !e.Type().IsRegular():
			w.skip(name, "special")
		default:
			info, err := e.Info()
			if err != nil {
				return fmt.Errorf("file %s vanished while the folder was listed: %w", name, err)
			}
			w.file(filepath.Join(path, e.Name()), name, info.Size())
		}
	}
	return nil
}

func (w *walker) skip(path, reason string) {
	w.plan.Skipped = append(w.plan.Skipped, Skipped{path, reason})
}

// aboutData reports files that speak about the data or belong to the file system: README, Markdown, Thumbs.db.
func aboutData(path string) bool {
	base := strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])
	return strings.HasPrefix(base, "readme") || strings.HasSuffix(base, ".md") || base == "thumbs.db" || base == "desktop.ini"
}

// file takes one file, or the members of an archive.
func (w *walker) file(path, rel string, size int64) {
	if size == 0 {
		w.skip(rel, "empty")
		return
	}
	if aboutData(rel) {
		w.skip(rel, "readme")
		return
	}
	f := File{SourcePath: rel, Size: size, origin: origin{path: path}}
	head, err := fileHead(path)
	if err != nil {
		f.fault = readFault(err, -1)
		w.files = append(w.files, f)
		return
	}
	if !isZip(head) {
		w.files = append(w.files, f)
		return
	}
	w.archive(f)
}

// group cuts the files into units.
func (p *Plan) group(files []File) {
	var u Unit
	flush := func() {
		if len(u.Files) > 0 {
			u.No = len(p.Units)
			p.Units = append(p.Units, u)
		}
		u = Unit{}
	}
	for i, f := range files {
		if i > 0 {
			last := files[i-1].origin
			border := last.inner || f.origin.inner // an inner archive is a unit of its own, since it is unpacked for reading
			full := u.Size+f.Size > unitBytes || len(u.Files) >= unitFiles
			if !last.sameNest(f.origin) && (border || full) {
				flush()
			}
		}
		u.Files = append(u.Files, f)
		u.Size += f.Size
	}
	flush()
}

// digest covers what decides the records: paths, sizes, checksums, the ends of plain files, and the options.
func (p *Plan) digest() (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "corpus plan 1\nformat %s\nmax %d\n", p.opt.Format, p.opt.maxRecord())
	for _, col := range sortedKeys(p.opt.Map) {
		fmt.Fprintf(h, "map %q %q\n", col, p.opt.Map[col])
	}
	for _, u := range p.Units {
		fmt.Fprintf(h, "unit %d\n", u.No)
		for _, f := range u.Files {
			fmt.Fprintf(h, "file %q %d %d %08x\n", f.SourcePath, f.Size, f.Archive, f.CRC)
			if f.Archive == 0 && f.fault == nil {
				if err := hashEnds(h, f.origin.path, f.Size); err != nil {
					return "", fmt.Errorf("file %s cannot be read: %w", f.SourcePath, err)
				}
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// hashEnds hashes the first and last 4 KiB of a file, so that a changed file of the same size is noticed without reading it whole.
func hashEnds(h io.Writer, path string, size int64) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	const end = 4 << 10
	buf := make([]byte, end)
	n, _ := f.ReadAt(buf, 0)
	binary.Write(h, binary.LittleEndian, int64(n))
	h.Write(buf[:n])
	n, _ = f.ReadAt(buf, max(0, size-end))
	h.Write(buf[:n])
	return nil
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

func fileHead(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, 8)
	n, err := io.ReadFull(f, head)
	if err != nil && n == 0 {
		return nil, err
	}
	return head[:n], nil
}

// handPicked reports that no file holds many records. It looks at the beginnings of files only, and stops at the first dump.
func (p *Plan) handPicked(files []File) bool {
	var nest nestCache
	defer nest.close()
	for i := range files {
		if p.many(&files[i], &nest) {
			return false
		}
	}
	return len(files) > 0
}

func (p *Plan) many(f *File, nest *nestCache) bool {
	if f.fault != nil {
		return false
	}
	in, done, err := p.open(f, nest)
	if err != nil {
		return false
	}
	defer done()
	src, closeSrc, err := p.recognise(f, &watched{ctx: context.Background(), r: in})
	if err != nil {
		return false
	}
	defer closeSrc()
	switch src.format {
	case "csv", "tsv", "jsonl", "xlsx", "parquet":
		return true
	case "json":
		return severalValues(src.head)
	}
	return false
}
