package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/klauspost/compress/zip"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Bounds against archives that are made to exhaust a machine. Real text compresses 3 to 20 times.
const (
	bombRatio  = 250
	bombFloor  = 64 << 20 // below this size no ratio is suspicious
	nestedMax  = 8 << 30  // an archive inside an archive, unpacked to a temporary file
	isMember   = 1
	encryptBit = 1
)

// origin says where the bytes of a File lie.
type origin struct {
	path   string // on disk
	member int    // number in the archive's directory, +1; 0 = the file itself
	inner  bool   // the member lies in an archive that is itself a member
	nested int    // number of that inner archive in the outer directory
}

func (o origin) sameNest(q origin) bool {
	return o.inner && q.inner && o.path == q.path && o.nested == q.nested
}

func isZip(head []byte) bool {
	return len(head) >= 4 && head[0] == 'P' && head[1] == 'K' && (head[2] == 3 && head[3] == 4 || head[2] == 5 && head[3] == 6)
}

// isDocument reports that a zip is a docx, xlsx, pptx or odt file and not an archive of documents.
func isDocument(z *zip.Reader) bool {
	for _, m := range z.File {
		if m.Name == "[Content_Types].xml" || m.Name == "mimetype" {
			return true
		}
	}
	return false
}

// looksOffice recognises the zip of an office document by its first members, without unpacking it.
func looksOffice(head []byte) bool {
	return bytes.Contains(head, []byte("[Content_Types].xml")) || bytes.Contains(head, []byte("mimetypeapplication/"))
}

// archive lists the members of a zip file; f is the zip itself. A zip that is one document stays a file.
func (w *walker) archive(f File) {
	z, release, err := w.plan.archives.acquire(f.origin.path)
	if err != nil {
		f.fault = archiveFault(err)
		w.files = append(w.files, f)
		return
	}
	defer release()
	if isDocument(z) {
		w.files = append(w.files, f)
		return
	}
	w.members(z, f)
}

func archiveFault(err error) *RecordError {
	e := readFault(err, -1)
	if errors.Is(err, zip.ErrFormat) || e.Code == CodeTruncated {
		e.Code, e.Message = CodeTruncated, "the archive has no directory at its end: it is cut off or damaged"
		e.Remedy = "download it again, or rescue what is there with zip -FF BROKEN.zip --out FIXED.zip"
	}
	return e
}

// members takes the members of an open archive. parent is the archive as a file of the plan.
func (w *walker) members(z *zip.Reader, parent File) {
	if fault := overlapping(z, parent.Size); fault != nil {
		parent.fault = fault
		w.files = append(w.files, parent)
		return
	}
	listed, names := 0, map[string]int{}
	for i, m := range z.File {
		name := memberName(m)
		rel := parent.SourcePath + "!" + name
		switch {
		case strings.HasSuffix(name, "/"):
			continue
		case strings.HasPrefix(name, "__MACOSX/"):
			w.skip(rel, "macosx")
			continue
		case hiddenPath(name) && !unsafePath(name):
			w.skip(rel, "hidden")
			continue
		case m.UncompressedSize64 == 0:
			w.skip(rel, "empty")
			continue
		case aboutData(name):
			w.skip(rel, "readme")
			continue
		}
		listed++
		if names[name]++; names[name] > 1 { // two members of one name must stay apart
			rel = fmt.Sprintf("%s#%d", rel, names[name])
		}
		f := File{SourcePath: rel, Size: int64(m.UncompressedSize64), CRC: m.CRC32, Archive: parent.Size, origin: parent.origin}
		if parent.origin.member > 0 {
			f.origin.inner, f.origin.nested = true, parent.origin.member-1
		}
		f.origin.member = i + isMember
		if f.fault = memberFault(m, name); f.fault == nil && w.nested(m, f) {
			continue
		}
		w.files = append(w.files, f)
	}
	if listed == 0 && len(z.File) == 0 {
		w.skip(parent.SourcePath, "empty")
	}
}

// nested lists an archive inside the archive and reports whether the member was one.
func (w *walker) nested(m *zip.File, f File) bool {
	head, err := memberHead(m)
	if err != nil || !isZip(head) || looksOffice(head) {
		return false
	}
	z, done, err := openNested(m)
	if err != nil {
		f.fault = archiveFault(err)
		w.files = append(w.files, f)
		return true
	}
	defer done()
	if isDocument(z) {
		return false
	}
	if f.origin.inner {
		f.fault = &RecordError{ByteOffset: -1, Code: CodeNested, Message: "an archive inside an archive inside an archive",
			Remedy: "unpack the outer archive first"}
		w.files = append(w.files, f)
		return true
	}
	w.members(z, f)
	return true
}

func memberHead(m *zip.File) ([]byte, error) {
	r, err := m.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	head := make([]byte, 4096)
	n, err := io.ReadFull(r, head)
	if n == 0 {
		return nil, err
	}
	return head[:n], nil
}

// memberFault refuses members that are unsafe or cannot be read.
func memberFault(m *zip.File, name string) *RecordError {
	switch {
	case unsafePath(name):
		return &RecordError{ByteOffset: -1, Code: CodeUnsafePath, Message: "the member's name leads out of the archive",
			Remedy: "pack the archive again with plain relative names if you trust it"}
	case m.Flags&encryptBit != 0:
		return &RecordError{ByteOffset: -1, Code: CodeEncrypted, Message: "the member is encrypted",
			Remedy: "unpack it with its password (7z x) and give the folder"}
	case m.UncompressedSize64 > bombFloor && m.UncompressedSize64/bombRatio > m.CompressedSize64:
		return &RecordError{ByteOffset: -1, Code: CodeBomb,
			Message: fmt.Sprintf("the member unpacks from %d to %d bytes", m.CompressedSize64, m.UncompressedSize64),
			Remedy:  "unpack it yourself and give the file if it is genuine"}
	}
	return nil
}

// overlapping refuses archives whose members together are larger than the archive, which only forged ones are.
func overlapping(z *zip.Reader, size int64) *RecordError {
	var sum uint64
	for _, m := range z.File {
		if sum += m.CompressedSize64; sum > uint64(size) {
			return &RecordError{ByteOffset: -1, Code: CodeBomb, Message: "the archive's members overlap each other",
				Remedy: "do not use this archive; ask its source for another"}
		}
	}
	return nil
}

func unsafePath(name string) bool {
	name = strings.ReplaceAll(name, "\\", "/")
	if strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':' {
		return true
	}
	for _, part := range strings.Split(name, "/") {
		if part == ".." {
			return true
		}
	}
	return false
}

func hiddenPath(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, ".") && base != ".." && base != "."
}

// memberName gives a member's name as UTF-8: old Chinese archivers write GBK without saying so.
func memberName(m *zip.File) string {
	name := m.Name
	if m.NonUTF8 && !utf8.ValidString(name) && brokenGB([]byte(name)) < 0 {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = s
		}
	}
	return strings.ReplaceAll(strings.ToValidUTF8(name, "\uFFFD"), "\\", "/")
}

// archives keeps the zip files in use open, so that a directory is read once for many units and few files are open.
type archives struct {
	mu   sync.Mutex
	open map[string]*openArchive
	tick int64
}

type openArchive struct {
	file  *os.File
	zip   *zip.Reader
	users int
	used  int64
}

// idleArchives is how many archives stay open that nobody reads.
const idleArchives = 8

func newArchives() *archives { return &archives{open: map[string]*openArchive{}} }

// acquire opens an archive; release says that the caller is done with it.
func (a *archives) acquire(path string) (z *zip.Reader, release func(), err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	o := a.open[path]
	if o == nil {
		if o, err = openArchiveFile(path); err != nil {
			return nil, nil, err
		}
		a.open[path] = o
	}
	o.users++
	return o.zip, sync.OnceFunc(func() { a.release(o) }), nil
}

func openArchiveFile(path string) (*openArchive, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil {
		var z *zip.Reader
		if z, err = zip.NewReader(f, info.Size()); err == nil || errors.Is(err, zip.ErrInsecurePath) {
			return &openArchive{file: f, zip: z}, nil
		}
	}
	f.Close()
	return nil, err
}

// release closes the archives that were idle longest, beyond idleArchives.
func (a *archives) release(o *openArchive) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tick++
	o.users, o.used = o.users-1, a.tick
	for {
		idle, oldest := 0, ""
		for path, o := range a.open {
			if o.users > 0 {
				continue
			}
			if idle++; oldest == "" || o.used < a.open[oldest].used {
				oldest = path
			}
		}
		if idle <= idleArchives {
			return
		}
		a.open[oldest].file.Close()
		delete(a.open, oldest)
	}
}

func (a *archives) close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	var all []error
	for _, o := range a.open {
		all = append(all, o.file.Close())
	}
	clear(a.open)
	return errors.Join(all...)
}

// openNested unpacks an inner archive to a temporary file, which done removes.
func openNested(m *zip.File) (z *zip.Reader, done func(), err error) {
	f, err := spill(m, nestedMax)
	if err != nil {
		return nil, nil, err
	}
	done = func() { f.Close(); os.Remove(f.Name()) }
	info, err := f.Stat()
	if err == nil {
		z, err = zip.NewReader(f, info.Size())
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		done()
		return nil, nil, err
	}
	return z, done, nil
}

// spill copies a member to a temporary file.
func spill(m *zip.File, limit int64) (*os.File, error) {
	r, err := m.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return spillReader(r, limit)
}

func spillReader(r io.Reader, limit int64) (*os.File, error) {
	f, err := os.CreateTemp("", "corpus-*")
	if err != nil {
		return nil, err
	}
	n, err := io.Copy(f, io.LimitReader(r, limit+1))
	if err == nil && n > limit {
		err = &RecordError{ByteOffset: -1, Code: CodeBomb, Message: fmt.Sprintf("it unpacks to more than %d bytes", limit),
			Remedy: "unpack it yourself and give the file if it is genuine"}
	}
	if err != nil {
		f.Close()
		os.Remove(f.Name())
		return nil, err
	}
	return f, nil
}
