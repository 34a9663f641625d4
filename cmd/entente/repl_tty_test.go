//go:build linux || darwin || freebsd

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"github.com/entente-kg/entente/graph"
)

// console is a repl on a terminal of its own.
type console struct {
	t    *testing.T
	cmd  *exec.Cmd
	tty  *os.File
	mu   sync.Mutex
	out  strings.Builder
	seen int // bytes of out that want has gone past
}

// startConsole starts the program, which is the test binary itself, on a terminal
// of so many columns.
func startConsole(t *testing.T, home string, columns uint16, env ...string) *console {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := &console{t: t, cmd: &exec.Cmd{Path: self, Args: []string{"entente", "repl"}}}
	c.cmd.Env = append([]string{"HOME=" + home, "TERM=xterm", "ENTENTE_STORE=" + filepath.Join(home, "store"), "PATH=" + os.Getenv("PATH")}, env...)
	if c.tty, err = pty.StartWithSize(c.cmd, &pty.Winsize{Rows: 24, Cols: columns}); err != nil {
		t.Skipf("no terminal to be had: %v", err)
	}
	t.Cleanup(func() { _ = c.cmd.Process.Kill(); _ = c.cmd.Wait(); _ = c.tty.Close() })
	go func() {
		b := make([]byte, 4096)
		for {
			n, err := c.tty.Read(b)
			c.mu.Lock()
			c.out.Write(b[:n])
			c.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	c.want(prompt)
	return c
}

// keys types.
func (c *console) keys(keys string) {
	c.t.Helper()
	if _, err := c.tty.WriteString(keys); err != nil {
		c.t.Fatal(err)
	}
}

// want waits until the terminal shows a text behind what was wanted before, and
// returns all that it showed up to it.
func (c *console) want(text string) string {
	c.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		c.mu.Lock()
		shown := c.out.String()[c.seen:]
		c.mu.Unlock()
		if i := strings.Index(shown, text); i >= 0 {
			c.seen += i + len(text)
			return shown[:i+len(text)]
		}
		if time.Now().After(deadline) {
			c.t.Fatalf("the terminal does not show %q, but %q", text, shown)
		}
	}
}

// ends waits for the end of the program.
func (c *console) ends(status int) {
	c.t.Helper()
	done := make(chan error, 1)
	go func() { done <- c.cmd.Wait() }()
	select {
	case <-done:
		if got := c.cmd.ProcessState.ExitCode(); got != status {
			c.t.Errorf("exit status %d, want %d", got, status)
		}
	case <-time.After(30 * time.Second):
		c.t.Error("it does not end")
	}
}

const (
	ctrlC, ctrlD = "\x03", "\x04"
	up           = "\x1b[A"
)

// consoleHome is a home folder with a store of one report.
func consoleHome(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	report := filepath.Join(home, "report.txt")
	text := "PARIS, 3 May 2024 -- President Emmanuel Macron of France met Prime Minister Ulf Kristersson of Sweden in Paris on Friday.\n"
	if err := os.WriteFile(report, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	if status := run([]string{"load", "--store", filepath.Join(home, "store"), report}, strings.NewReader(""), &said, &said); status != 0 {
		t.Fatal(said.String())
	}
	return home
}

func TestReplOnTerminal(t *testing.T) {
	home := consoleHome(t)
	c := startConsole(t, home, 140)

	c.keys("show emm\t")
	c.want(`"Emmanuel Macron"`)
	c.keys("\r")
	c.want("person, FRA")
	c.want(prompt)

	c.keys("claims --relation met,spo\t")
	c.want("met,spoke_with ")
	c.keys("\r")
	c.want("\x1b[1mwhen")
	c.want(prompt)

	c.keys("entity(\"Ulf\t\").both(m\t\t")
	c.want("mediated")
	c.want("entity(\"Ulf Kristersson\").both(me")
	c.keys("t).\r")
	c.want(promptUnclosed)
	c.keys("All()\r")
	c.want("Emmanuel Macron")
	c.want(prompt)

	c.keys("show 'Emmanuel\r")
	c.want(promptQuote)
	c.keys(ctrlC)
	c.want(prompt)

	// An interrupt ends the question, at once, and what is being typed, but not the program.
	c.keys("query --timeout 10m 'while(true){}'\r")
	c.want("\n")
	time.Sleep(200 * time.Millisecond)
	c.keys(ctrlC)
	c.want("interrupted")
	c.want(prompt)
	c.keys("nonsense" + ctrlC)
	c.want(prompt)
	c.keys("stats\r")
	c.want("reports")
	c.want(prompt)

	c.keys(ctrlD)
	c.ends(0)
	file := filepath.Join(home, ".local", "state", "entente", "history")
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("history: %v, %v, want a file with mode 0600", info, err)
	}
	text, err := os.ReadFile(file)
	if want := "\nentity(\"Ulf Kristersson\").both(met). All()\nquery --timeout 10m 'while(true){}'\nstats\n"; err != nil || !strings.HasSuffix(string(text), want) {
		t.Errorf("history %q, %v, want it to end in %q", text, err, want)
	}

	c = startConsole(t, home, 140, "NO_COLOR=1")
	c.keys(up)
	c.want("stats")
	c.keys(up)
	c.want("while(true)")
	c.keys(ctrlC)
	c.want(prompt)
	c.keys("claims\r")
	if shown := c.want("Kristersson"); strings.Contains(shown, "\x1b[1m") {
		t.Errorf("colour with NO_COLOR: %q", shown)
	}
	c.want(prompt)
	c.keys(".quit\r")
	c.ends(0)
}

// TestReplLeavesStore: while the repl waits for a line, another process can write.
func TestReplLeavesStore(t *testing.T) {
	home := consoleHome(t)
	c := startConsole(t, home, 140)
	c.keys("claims\r")
	c.want("Kristersson")
	c.want(prompt)
	c.keys("show Emm\t")
	c.want("Emmanuel Macron")
	g, err := graph.Open(filepath.Join(home, "store"), graph.Options{LockWait: -1})
	if err != nil {
		t.Fatalf("the store is held: %v", err)
	}
	c.keys(ctrlC) // completion while another writes offers no name, and waits for nothing
	c.want(prompt)
	c.keys("show Em\t\t" + ctrlC)
	c.want("^C")
	c.want(prompt)
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	c.keys("claims\r")
	c.want("Kristersson")
	if err := c.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	c.want(prompt)
	if err := c.cmd.Process.Signal(os.Kill); err != nil {
		t.Fatal(err)
	}
}

// TestReplTerminated: a signal to end ends it while it waits for a line.
func TestReplTerminated(t *testing.T) {
	c := startConsole(t, t.TempDir(), 40)
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	c.ends(statusInterrupted)
}
