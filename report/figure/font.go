package figure

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
)

// ErrNoFont marks Chinese labels without a Chinese font.
var ErrNoFont = errors.New("no font with Chinese characters was found: install Debian's fonts-lxgw-wenkai, or give a TrueType font with --font FILE")

// Font is the one font of a figure.
type Font struct {
	Name  string // file it came from, "" for the built-in one
	ttf   []byte // TrueType bytes, nil where the outlines are not TrueType
	parse *opentype.Font
}

// preferred are file names of TrueType fonts that hold the characters of names and years (〇, 镕, 喆), best first.
var preferred = []string{"LXGWWenKai-Regular.ttf", "LXGWWenKaiLite-Regular.ttf", "NotoSansSC-Regular.ttf", "SourceHanSansSC-Regular.ttf", "simhei.ttf", "SimHei.ttf", "msyh.ttf"}

// fontFolders are where systems keep fonts.
func fontFolders() []string {
	out := []string{"/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts", `C:\Windows\Fonts`}
	if home, err := os.UserHomeDir(); err == nil {
		out = append(out, filepath.Join(home, ".local", "share", "fonts"), filepath.Join(home, ".fonts"), filepath.Join(home, "Library", "Fonts"))
	}
	return out
}

// FindFont gives the font for labels in lang: the file if one is named, the built-in Liberation Sans for English, a
// Chinese font of the system's folders otherwise. Errors: ErrNoFont; a file that is no font.
func FindFont(lang, file string) (*Font, error) {
	if file != "" {
		return loadFont(file)
	}
	if lang != "zh" {
		return parseFont("", liberationsansregular.TTF)
	}
	found := map[string]string{}
	for _, dir := range fontFolders() {
		filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && slices.Contains(preferred, d.Name()) && found[d.Name()] == "" {
				found[d.Name()] = p
			}
			return nil // a folder that cannot be read holds no font for us
		})
	}
	for _, name := range preferred {
		if found[name] == "" {
			continue
		}
		if f, err := loadFont(found[name]); err == nil {
			return f, nil
		}
	}
	return nil, ErrNoFont
}

func loadFont(file string) (*Font, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("font: %w; give a font file with --font", err)
	}
	return parseFont(file, raw)
}

// parseFont reads a TrueType font, or one with PostScript outlines, or the simplified Chinese one of a collection.
// Only a TrueType font stays text in a PDF; of the others the outlines are drawn.
func parseFont(file string, raw []byte) (*Font, error) {
	out := &Font{Name: filepath.Base(file)}
	var err error
	switch {
	case bytes.HasPrefix(raw, []byte("ttcf")):
		out.parse, err = fromCollection(raw)
	case bytes.HasPrefix(raw, []byte("OTTO")):
		out.parse, err = opentype.Parse(raw)
	default:
		out.ttf = raw
		out.parse, err = opentype.Parse(raw)
	}
	if err != nil {
		return nil, fmt.Errorf("font %s cannot be read: %w; give a TrueType font (.ttf) or an OpenType font (.otf, .ttc) with --font", file, err)
	}
	return out, nil
}

// fromCollection is the font of a collection whose name says SC (simplified Chinese), else the first.
func fromCollection(raw []byte) (*opentype.Font, error) {
	c, err := opentype.ParseCollection(raw)
	if err != nil {
		return nil, err
	}
	var buf sfnt.Buffer
	for i := range c.NumFonts() {
		f, err := c.Font(i)
		if err != nil {
			return nil, err
		}
		if name, err := f.Name(&buf, sfnt.NameIDFull); err == nil && strings.Contains(" "+name+" ", " SC ") {
			return f, nil
		}
	}
	return c.Font(0)
}

// Searchable reports whether the labels stay text in a PDF.
func (f *Font) Searchable() bool { return f.ttf != nil }

// face is the font at a size in points.
func (f *Font) face(size float64) font.Face {
	return font.Face{Font: font.Font{Typeface: "Figure", Size: font.Length(size)}, Face: f.parse}
}

// Check fails with the first character of the labels that the font has no glyph for.
func (f *Font) Check(labels []string) error {
	var buf sfnt.Buffer
	for _, l := range labels {
		for _, r := range l {
			if r == ' ' || r == '\n' {
				continue
			}
			i, err := f.parse.GlyphIndex(&buf, r)
			if err != nil || i == 0 {
				name := f.Name
				if name == "." || name == "" {
					name = "Liberation Sans (built in)"
				}
				return fmt.Errorf("font %s has no glyph for %q (U+%04X) in the label %q; choose another with --font", strings.TrimSpace(name), r, r, l)
			}
		}
	}
	return nil
}
