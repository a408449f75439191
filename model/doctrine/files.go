package doctrine

import "io/fs"

// Files gives the pack's own data files in the order of their paths: for archives that keep the pack a run used.
func (p *Pack) Files(each func(path string, content []byte) error) error {
	return fs.WalkDir(p.files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(p.files, path)
		if err != nil {
			return err
		}
		return each(path, b)
	})
}
