using System.Diagnostics;

namespace Aspire.Hosting.Run;

/// <summary>
/// Ends the children when this process dies without a chance to do it itself (SIGKILL, a crash). A small shell in a
/// session of its own reads the process groups to watch from a pipe that only this process holds; when the pipe
/// closes, it ends the groups that are left: SIGTERM first, SIGKILL two seconds later.
/// </summary>
internal sealed class ProcessReaper : IDisposable
{
    private const string Script =
        """
        trap '' INT TERM HUP QUIT
        groups=
        while read -r change group; do
          case $change in
            add) groups="$groups $group" ;;
            remove) left=; for g in $groups; do [ "$g" = "$group" ] || left="$left $g"; done; groups=$left ;;
          esac
        done
        for g in $groups; do kill -TERM -"$g" 2>/dev/null; done
        [ -z "$groups" ] || sleep 2
        for g in $groups; do kill -KILL -"$g" 2>/dev/null; done
        """;

    private readonly Lock _gate = new();
    private Process? _shell = Start();

    /// <summary>Whether children get sessions of their own, so that Ctrl+C reaches this process only and each can be ended with its descendants.</summary>
    public static bool UsesSessions { get; } = OperatingSystem.IsLinux() && File.Exists("/usr/bin/setsid");

    public void Watch(int group) => Tell($"add {group}");

    public void Forget(int group) => Tell($"remove {group}");

    public void Dispose()
    {
        lock (_gate)
        {
            _shell?.StandardInput.Dispose();
            _shell?.Dispose();
            _shell = null;
        }
    }

    private static Process? Start()
    {
        if (!UsesSessions)
            return null;

        var start = new ProcessStartInfo("/usr/bin/setsid") { RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in (string[])["/bin/sh", "-c", Script])
            start.ArgumentList.Add(argument);
        return Process.Start(start);
    }

    private void Tell(string line)
    {
        lock (_gate)
        {
            try
            {
                _shell?.StandardInput.WriteLine(line);
                _shell?.StandardInput.Flush();
            }
            catch (IOException)
            {
                // The shell was killed: this process still ends its children itself.
            }
        }
    }
}
