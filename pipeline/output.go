package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"caipan/pipeline/columnar"
	"caipan/pipeline/runinfo"
)

// Names inside an output folder that are not results.
const (
	stagingName = ".staging"
	lockName    = ".lock"
)

// output is an output folder that this process holds.
type output struct {
	dir  string
	lock *os.File
}

func (o *output) staging(name ...string) string {
	return filepath.Join(append([]string{o.dir, stagingName}, name...)...)
}

// claim makes the folder if need be, locks it, and decides by resume and force what may be in it: nothing; with
// resume an unfinished or finished run of ours; with force the same, of which everything that it names is removed.
func claim(dir string, resume, force bool) (*output, error) {
	if dir == "" {
		return nil, fmt.Errorf("%w: none named; give --out DIR", ErrOutput)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrOutput, err)
	}
	lock, err := lockFile(filepath.Join(dir, lockName))
	if err != nil {
		return nil, fmt.Errorf("%w %s is in use by another run (%v); wait for it or choose another --out", ErrOutput, dir, err)
	}
	o := &output{dir, lock}
	if err := o.admit(resume, force); err != nil {
		o.release()
		return nil, err
	}
	return o, nil
}

func (o *output) admit(resume, force bool) error {
	entries, err := os.ReadDir(o.dir)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrOutput, err)
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.Name() == lockName })
	if len(entries) == 0 {
		return nil
	}
	ours := o.has(runinfo.Name) || o.has(stagingName)
	switch {
	case !ours:
		return fmt.Errorf("%w %s is not empty and holds no run of this program (for example %s); choose another --out", ErrOutput, o.dir, entries[0].Name())
	case force:
		return o.removeRun()
	case resume:
		return nil
	}
	return fmt.Errorf("%w %s already holds a run; go on with --resume, or replace it with --force", ErrOutput, o.dir)
}

func (o *output) has(name string) bool {
	_, err := os.Lstat(filepath.Join(o.dir, name))
	return err == nil
}

// removeRun removes what the run's record names, and the staging folder. Files that it does not name stay.
func (o *output) removeRun() error {
	for _, record := range []string{filepath.Join(o.dir, runinfo.Name), o.staging(runinfo.Name)} {
		r, _, err := runinfo.ReadAny(record)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%w: --force removes only what %s names, which cannot be read: %w; empty the folder yourself", ErrOutput, record, err)
		}
		if err := os.Remove(record); err != nil {
			return fmt.Errorf("%w: %w", ErrOutput, err)
		}
		for _, p := range r.Written() {
			o.removeNamed(p)
		}
	}
	if err := os.RemoveAll(o.staging()); err != nil {
		return fmt.Errorf("%w: %w", ErrOutput, err)
	}
	return nil
}

// removeNamed removes a file named by a record and its folder if that is empty then. Names that lead out of the
// output folder are not followed.
func (o *output) removeNamed(p columnar.Part) {
	if !filepath.IsLocal(filepath.FromSlash(p.Path)) {
		return
	}
	path := filepath.Join(o.dir, filepath.FromSlash(p.Path))
	os.Remove(path)
	for dir := filepath.Dir(path); dir != filepath.Clean(o.dir) && strings.HasPrefix(dir, filepath.Clean(o.dir)); dir = filepath.Dir(dir) {
		if os.Remove(dir) != nil {
			return
		}
	}
}

// release gives the folder up.
func (o *output) release() {
	o.lock.Close()
	os.Remove(filepath.Join(o.dir, lockName))
}

// publish moves the files that the record names from the staging folder to the output folder, then the record
// itself, then removes the staging folder. It can be repeated after an interruption at any point.
func (o *output) publish(r *runinfo.Run) error {
	if err := r.Write(o.staging(runinfo.Name)); err != nil {
		return err
	}
	return o.finishPublishing(r)
}

func (o *output) finishPublishing(r *runinfo.Run) error {
	for _, p := range r.Written() {
		name := filepath.FromSlash(p.Path)
		from, to := o.staging("tables", name), filepath.Join(o.dir, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return fmt.Errorf("publish: %w", err)
		}
		err := os.Rename(from, to)
		if errors.Is(err, fs.ErrNotExist) {
			err = columnar.CheckPart(o.dir, p) // moved before an interruption
		}
		if err != nil {
			return fmt.Errorf("publish %s: %w", p.Path, err)
		}
	}
	if err := os.Rename(o.staging(runinfo.Name), filepath.Join(o.dir, runinfo.Name)); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return os.RemoveAll(o.staging())
}

// finished returns the record of a run that is complete in the folder, or completes its interrupted publishing.
// It returns nil if there is none, and an error if there is one with another id.
func (o *output) finished(id string) (*runinfo.Run, error) {
	if r, _, err := runinfo.ReadFile(o.staging(runinfo.Name)); err == nil {
		if r.RunID != id {
			return nil, otherRun(o.dir, r.RunID, id)
		}
		if err := o.finishPublishing(r); err == nil {
			return r, nil
		}
		os.Remove(o.staging(runinfo.Name)) // something is lost: finish again from the chunks
		return nil, nil
	}
	r, _, err := runinfo.ReadFile(filepath.Join(o.dir, runinfo.Name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if r.RunID != id {
		return nil, otherRun(o.dir, r.RunID, id)
	}
	return r, nil
}

// intact reports whether every file of a finished run is as it was written. What an interruption may have left in the
// staging folder behind run.json is removed then; a shard's chunks are its files and stay.
func (o *output) intact(r *runinfo.Run) bool {
	if checkOutputs(o.dir, r) != nil {
		return false
	}
	return r.Command == shardCommand || os.RemoveAll(o.staging()) == nil
}

func otherRun(dir, have, want string) error {
	return fmt.Errorf("%w: %s holds run %s, these inputs and flags make run %s: an input was changed, renamed or removed, or a flag, the lexicon or the version differs; restore them, or start anew with --force", ErrChanged, dir, have, want)
}
