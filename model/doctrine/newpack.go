package doctrine

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

//go:embed template
var template embed.FS

var packID = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// NewPack writes a minimal commented pack into a folder that is new or empty; the folder's name becomes the pack's id.
// What it writes loads without a fault and passes the audit.
func NewPack(dir string) error {
	id := filepath.Base(filepath.Clean(dir))
	if !packID.MatchString(id) {
		return fmt.Errorf("%s: a pack's id is made of small letters, digits and _ and begins with a letter; choose such a name for the folder", id)
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not empty; name a new folder", dir)
	}
	return fs.WalkDir(template, "template", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel := strings.TrimPrefix(strings.TrimPrefix(p, "template"), "/")
		target := filepath.Join(dir, filepath.FromSlash(rel))
		if d.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		src, err := template.ReadFile(p)
		if err != nil {
			return err
		}
		if rel == "pack.yaml" {
			src = []byte(strings.Replace(string(src), "id: my_pack", "id: "+id, 1))
		}
		return os.WriteFile(target, src, 0o644)
	})
}
