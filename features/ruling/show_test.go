package ruling

import (
	"os"
	"strings"
	"testing"
)

// TestShowOne prints the parse of the documents named in RULING_SHOW (ids, comma separated).
func TestShowOne(t *testing.T) {
	ids := os.Getenv("RULING_SHOW")
	if ids == "" {
		t.Skip("set RULING_SHOW to ids of real judgments to see how they are read")
	}
	docs := allDocs(t)
	for id := range strings.SplitSeq(ids, ",") {
		p := docs[id].prepare()
		var b strings.Builder
		Explain(&b, p.c, p.read())
		t.Logf("%s\n%s", id, b.String())
	}
}
