package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

type goodCmd struct {
	Common
	Fail string `help:"How to fail."`
}

func (g *goodCmd) Run(s Streams) error {
	run, end, err := g.Start(s)
	if err != nil {
		return err
	}
	defer end()
	run.Log.Info("runs")
	switch g.Fail {
	case "usage":
		return Usagef("--in: name a folder")
	case "rejects":
		return fmt.Errorf("12 rejects: %w", ErrRejects)
	case "stop":
		return context.Canceled
	case "io":
		return errors.New("disk full")
	}
	fmt.Fprintln(s.Out, "done")
	return nil
}

type grammar struct {
	Run     goodCmd  `cmd:"" default:"withargs" help:"Run."`
	Version struct{} `cmd:"" hidden:""`
}

func TestExitCodes(t *testing.T) {
	for args, want := range map[string]struct {
		code int
		says string
	}{
		"":               {ExitDone, "done"},
		"--help":         {ExitDone, "--jobs"},
		"--fail=usage":   {ExitUsage, "name a folder"},
		"--fail=rejects": {ExitRejects, "12 rejects"},
		"--fail=stop":    {ExitFailed, "--resume"},
		"--fail=io":      {ExitFailed, "disk full"},
		"--jobs=-3":      {ExitUsage, "give 1 or more"},
		"--nonsense":     {ExitUsage, "nonsense"},
		"--log-format=x": {ExitUsage, "text"},
	} {
		var out, log bytes.Buffer
		var argv []string
		if args != "" {
			argv = strings.Fields(args)
		}
		code := Main("x", "test", &grammar{}, argv, Streams{&out, &log})
		if code != want.code || !strings.Contains(out.String()+log.String(), want.says) {
			t.Errorf("x %s: exit %d, want %d; printed %q %q, want %q in it", args, code, want.code, out.String(), log.String(), want.says)
		}
	}
}

func TestProgressIsPlainOffATerminal(t *testing.T) {
	var w bytes.Buffer
	p := NewProgress(&w, 1000, false)
	p.Add(500, 3, 1)
	if w.Len() != 0 {
		t.Errorf("a line before a minute has passed: %q", w.String())
	}
	p.show() // as SIGUSR1 does
	if line := w.String(); !strings.Contains(line, "3 judgments, 1 rejects") {
		t.Errorf("state line %q", line)
	}
	p.Close()
	if p.show(); strings.Count(w.String(), "\n") != 1 {
		t.Errorf("a line after the end: %q", w.String())
	}
}
