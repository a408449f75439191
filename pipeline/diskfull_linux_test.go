package pipeline

import (
	"context"
	"strings"
	"syscall"
	"testing"
)

// TestDiskFull runs ingest on a file system of 100 KB, gives it room, and resumes: a clear message, then the same bytes.
func TestDiskFull(t *testing.T) {
	smallChunks(t)
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=100k"); err != nil {
		t.Skipf("no small file system can be mounted here (%v)", err)
	}
	defer syscall.Unmount(dir, 0)
	out := dir + "/out"
	_, err := Ingest(context.Background(), options(out, 2))
	if err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Fatalf("on a full disk: %v", err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
		t.Fatal(err)
	}
	o := options(out, 2)
	o.Resume = true
	ingest(t, o)
	whole := t.TempDir()
	ingest(t, options(whole, 2))
	sameTree(t, "after a full disk", tree(t, whole), tree(t, out))
}
