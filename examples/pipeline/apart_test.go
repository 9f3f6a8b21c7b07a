//go:build apart

// The sample on a runner and workers that are programs of their own, which it builds:
//
//	go test -tags apart -run Apart .
package main

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// build compiles a program into a folder.
func build(t *testing.T, folder, name, of string) string {
	t.Helper()
	path := filepath.Join(folder, name)
	said, err := exec.Command("go", "build", "-o", path, of).CombinedOutput()
	require.NoError(t, err, string(said))
	return path
}

// freePort returns a port at which nobody listens.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "localhost:0")
	require.NoError(t, err)
	defer listener.Close()
	return strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
}

// serveAt runs a program until the test ends, and returns when it listens at its port.
func serveAt(t *testing.T, port, program string, flags ...string) {
	t.Helper()
	server := exec.Command(program, flags...)
	require.NoError(t, server.Start())
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait() // which says that it was killed
	})
	require.Eventually(t, func() bool { return dial("localhost:"+port) == nil }, 10*time.Second, 50*time.Millisecond, program)
}

// contents returns the files of a folder by their names.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		require.NoError(t, err)
		found[entry.Name()] = string(data)
	}
	return found
}

// A runner and workers in processes of their own write the files that are written
// without any.
func TestARunnerApartWritesTheSameFiles(t *testing.T) {
	here := sample(t, "prism")
	require.NoError(t, here.run(context.Background()))
	want := contents(t, here.output)
	require.NotEmpty(t, want)

	folder := t.TempDir()
	pipeline, prism := build(t, folder, "pipeline", "."), build(t, folder, "prism", "github.com/apache/beam/sdks/v2/go/cmd/prism")
	runner, pool := freePort(t), freePort(t)
	serveAt(t, runner, prism, "-job_port", runner, "-serve_http=false")
	serveAt(t, pool, pipeline, "-pool", pool)
	at, err := os.Getwd()
	require.NoError(t, err)
	for _, environment := range [][]string{
		{"-environment_type", "LOOPBACK"},
		{"-environment_type", "EXTERNAL", "-environment_config", "localhost:" + pool, "-worker_binary", pipeline},
	} {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		output := t.TempDir()
		flags := append(environment, "-runner", "universal", "-endpoint", "localhost:"+runner, "-output", output,
			"-tree", at+"/sample/units.csv", "-day", "sample/day.json", "-input", at+"/sample/gifts-*.csv")
		said, err := exec.CommandContext(ctx, pipeline, flags...).CombinedOutput()
		require.NoError(t, err, "%s: %s", environment, said)
		assert.Equal(t, want, contents(t, output), environment)
	}
}
