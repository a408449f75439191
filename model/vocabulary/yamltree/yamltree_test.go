package yamltree

import (
	"strings"
	"testing"
)

func TestAllFaultsOfAFileAreReported(t *testing.T) {
	src := "a: 1\na: 2\nb:\nc: &x 3\nn: 0012\nd: 2021-02-30\nzz: 1\n"
	var f Faults
	n := Parse("f.yaml", []byte(src), &f)
	r := Read(n, "thing", &f)
	r.Text("a")
	r.Text("b")
	r.Get("c")
	r.Int("n")
	r.Date("d")
	r.Text("e")
	r.Done()
	got := f.Err().Error()
	for _, want := range []string{
		`f.yaml:2: key "a" stands twice, first on line 1`,
		`f.yaml:3: thing has no "b"`,
		`f.yaml:4: anchors, aliases`,
		`f.yaml:5: "n" of thing must be a whole number, found "0012"`,
		`f.yaml:6: "d" of thing must be a date`,
		`f.yaml:7: thing has an unknown key "zz"`,
		`f.yaml:1: thing has no "e"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("missing %q in:\n%s", want, got)
		}
	}
}

func TestWholeFileFaults(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"second document", "a: 1\n---\nb: 2\n", "f.yaml:3: a second document"},
		{"empty", "# nothing\n", "f.yaml: the file is empty"},
		{"bad utf8", "a: \xff\n", "not valid UTF-8"},
		{"syntax", "a: [1, 2\nb: 3\n", "f.yaml:"},
		{"open quote", "a: \"x\nb: 1\nc: 2\n", "f.yaml:1: not YAML: a quote is opened"},
		{"open bracket", "a: 1\nb: {c: [1, 2}\nd: 1\n", "f.yaml:2: not YAML:"},
		{"merge key", "a:\n  <<: {b: 1}\n", "f.yaml:2: merge keys"},
	} {
		var f Faults
		Parse("f.yaml", []byte(c.src), &f)
		if err := f.Err(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

func TestScalarsKeepTheirCharacters(t *testing.T) {
	var f Faults
	n := Parse("f.yaml", []byte("a: yes\nb: 0012\nc: \"1\"\nd: 1.50\ne: on\nf: |\n  甲\n  乙\n"), &f)
	if f.Err() != nil {
		t.Fatal(f.Err())
	}
	r := Read(n, "x", &f)
	for k, want := range map[string]string{"a": "yes", "b": "0012", "c": "1", "d": "1.50", "e": "on", "f": "甲\n乙"} {
		if got := r.Text(k); got != want {
			t.Errorf("%s: got %q want %q", k, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("a: {b: [1, 2]}\n"))
	f.Add([]byte("- &a x\n- *a\n"))
	f.Add([]byte("a:\n---\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		var faults Faults
		n := Parse("f", src, &faults)
		if n == nil && faults.Err() == nil {
			t.Fatal("no tree and no fault")
		}
	})
}
