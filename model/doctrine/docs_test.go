package doctrine

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestDocsAreGenerated: docs/DOCTRINE.md is what WriteDocs writes; run with -update after changing a pack.
func TestDocsAreGenerated(t *testing.T) {
	var packs []*Pack
	for _, id := range docOrder() {
		p, err := Shipped(id)
		if err != nil {
			t.Fatal(err)
		}
		packs = append(packs, p)
	}
	var b bytes.Buffer
	if err := WriteDocs(&b, packs); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("..", "..", "docs", "DOCTRINE.md")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, b.Bytes()) {
		t.Error("docs/DOCTRINE.md is not what the packs say; run go generate ./model/doctrine")
	}
}

// docOrder puts the paper's pack first.
func docOrder() []string {
	out := []string{"he2024"}
	for _, id := range ShippedIDs() {
		if id != "he2024" {
			out = append(out, id)
		}
	}
	return out
}

// TestPublishedVersionsAreImmutable: a pack whose files changed must raise its version; testdata/published.txt holds the
// digest of every version that was ever published. Run with -update to publish a new version.
func TestPublishedVersionsAreImmutable(t *testing.T) {
	const path = "testdata/published.txt"
	old, _ := os.ReadFile(path)
	lines := string(old)
	for _, id := range ShippedIDs() {
		p, err := Shipped(id)
		if err != nil {
			t.Fatal(err)
		}
		name := p.ID + "@" + p.Version + " "
		if bytes.Contains([]byte(lines), []byte(name+p.Digest+"\n")) {
			continue
		}
		if bytes.Contains([]byte(lines), []byte(name)) {
			t.Errorf("%s was published with other files; raise the version in pack.yaml", name)
			continue
		}
		if !*update {
			t.Errorf("%s is not published; run go test ./model/doctrine -run Published -update", name)
			continue
		}
		lines += name + p.Digest + "\n"
	}
	if *update {
		if err := os.WriteFile(path, []byte(lines), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
