// Package cli is what the three commands share: flags, logging, progress, signals and exit codes.
//
// It is the only caller of the clock and of os.Exit. It knows no judgments and no law. Imported by cmd/* only.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit codes of every command.
const (
	ExitDone    = 0 // done
	ExitFailed  = 1 // could not run
	ExitUsage   = 2 // wrong usage
	ExitRejects = 3 // ran, but more records were rejected than --max-reject allows
)

// ErrRejects marks a run that is complete but has more rejects than allowed.
var ErrRejects = errors.New("more records rejected than --max-reject allows")

// UsageError is an error of the caller's words: exit code 2.
type UsageError struct{ Err error }

func (e UsageError) Error() string { return e.Err.Error() }
func (e UsageError) Unwrap() error { return e.Err }

// Usagef makes a UsageError.
func Usagef(format string, args ...any) error { return UsageError{fmt.Errorf(format, args...)} }

// Common are the flags of every subcommand that runs something.
type Common struct {
	Jobs       int    `short:"j" default:"0" placeholder:"N" help:"Workers, and the cores Go may use (default: all)."`
	Lang       string `enum:"en,zh" default:"en" help:"Language of summaries and labels: en or zh."`
	Quiet      bool   `short:"q" help:"No progress and no log lines below warnings."`
	LogFormat  string `enum:"text,json" default:"text" help:"Form of the log lines on stderr: text or json."`
	JSON       bool   `name:"json" help:"Print the summary on stdout as JSON."`
	CPUProfile string `name:"cpuprofile" placeholder:"FILE" help:"Write a CPU profile for go tool pprof."`
}

// Streams are the process's outputs; tests give their own.
type Streams struct{ Out, Err io.Writer }

// Run is what a subcommand is given: its context ends at SIGINT or SIGTERM.
type Run struct {
	Context context.Context
	Streams
	Log *slog.Logger
}

// Start applies the common flags and returns the run with a function to call at its end.
func (c Common) Start(s Streams) (*Run, func(), error) {
	if c.Jobs < 0 {
		return nil, nil, Usagef("--jobs %d: give 1 or more, or 0 for all cores", c.Jobs)
	}
	if c.Jobs > 0 {
		runtime.GOMAXPROCS(c.Jobs)
	}
	level := slog.LevelInfo
	if c.Quiet {
		level = slog.LevelWarn
	}
	var h slog.Handler = slog.NewTextHandler(s.Err, &slog.HandlerOptions{Level: level, ReplaceAttr: dropTime})
	if c.LogFormat == "json" {
		h = slog.NewJSONHandler(s.Err, &slog.HandlerOptions{Level: level})
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	end := stop
	if c.CPUProfile != "" {
		f, err := os.Create(c.CPUProfile)
		if err != nil {
			stop()
			return nil, nil, fmt.Errorf("--cpuprofile: %w", err)
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			stop()
			return nil, nil, fmt.Errorf("--cpuprofile: %w", err)
		}
		end = func() { pprof.StopCPUProfile(); f.Close(); stop() }
	}
	return &Run{Context: ctx, Streams: s, Log: slog.New(h)}, end, nil
}

// Workers is the number of workers the flags ask for.
func (c Common) Workers() int {
	if c.Jobs > 0 {
		return c.Jobs
	}
	return runtime.GOMAXPROCS(0)
}

func dropTime(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

// Version is the module's version and, where the build recorded one, its revision.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			v += " " + s.Value[:12]
		}
		if s.Key == "vcs.modified" && s.Value == "true" {
			v += " (modified)"
		}
	}
	return v + " " + runtime.Version()
}

// Main parses args with the grammar (a pointer to a struct of kong commands whose Run methods take Streams),
// runs the command it names and returns the exit code. Errors go to s.Err as one line each.
func Main(name, description string, grammar any, args []string, s Streams) (code int) {
	exited := -1
	k, err := kong.New(grammar,
		kong.Name(name), kong.Description(description),
		kong.Writers(s.Out, s.Err),
		kong.Exit(func(c int) { exited = c; panic(exitSignal{}) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 110}),
		kong.Help(help),
		kong.Vars{"version": name + " " + Version()},
	)
	if err != nil {
		fmt.Fprintf(s.Err, "%s: %v\n", name, err)
		return ExitFailed
	}
	defer func() {
		if r := recover(); r != nil {
			if _, ours := r.(exitSignal); !ours {
				panic(r)
			}
			code = exited
		}
	}()
	ctx, err := k.Parse(args)
	if err != nil {
		fmt.Fprintf(s.Err, "%s: %v\nSee '%s --help'.\n", name, err, name)
		return ExitUsage
	}
	return exitCode(name, ctx.Run(s), s.Err)
}

// help shows a bare command's own flags (those of its default subcommand) before the list of the others.
func help(options kong.HelpOptions, ctx *kong.Context) error {
	if ctx.Selected() != nil || ctx.Model.DefaultCmd == nil {
		return kong.DefaultHelpPrinter(options, ctx)
	}
	run, err := kong.Trace(ctx.Kong, []string{ctx.Model.DefaultCmd.Name})
	if err != nil {
		return err
	}
	if err := kong.DefaultHelpPrinter(options, run); err != nil {
		return err
	}
	fmt.Fprintf(ctx.Stdout, "\nCommands (%q is meant where none is named):\n", ctx.Model.DefaultCmd.Name)
	for _, c := range ctx.Model.Children {
		if !c.Hidden {
			fmt.Fprintf(ctx.Stdout, "  %-10s %s\n", c.Name, c.Help)
		}
	}
	return nil
}

// exitSignal carries kong's wish to exit (--help, --version) out of its parser.
type exitSignal struct{}

func exitCode(name string, err error, w io.Writer) int {
	var usage UsageError
	switch {
	case err == nil:
		return ExitDone
	case errors.Is(err, context.Canceled):
		fmt.Fprintf(w, "%s: stopped; run the same command with --resume to go on\n", name)
		return ExitFailed
	case errors.As(err, &usage):
		fmt.Fprintf(w, "%s: %v\nSee '%s --help'.\n", name, err, name)
		return ExitUsage
	case errors.Is(err, ErrRejects):
		fmt.Fprintf(w, "%s: %v\n", name, err)
		return ExitRejects
	}
	fmt.Fprintf(w, "%s: %v\n", name, err)
	return ExitFailed
}
