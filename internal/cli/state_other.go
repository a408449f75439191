//go:build !unix

package cli

// onStateSignal: there is no such signal here.
func onStateSignal(func()) (stop func()) { return func() {} }
