using System.Diagnostics;

namespace RagApp.AppHost.Running;

/// <summary>The container engine of this machine: Docker or Podman.</summary>
internal static class ContainerEngine
{
    /// <summary>Aspire's setting that names the container engine.</summary>
    private const string Setting = "ASPIRE_CONTAINER_RUNTIME";

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Time to wait for the error output of a process that has ended; a child process may keep that output open.</summary>
    private static readonly TimeSpan ErrorOutputTimeout = TimeSpan.FromSeconds(1);

    /// <summary>For each engine, the arguments of a command that succeeds only while the engine is running.</summary>
    private static readonly Dictionary<string, string[]> Questions = new(StringComparer.Ordinal)
    {
        ["docker"] = ["version", "--format", "{{.Server.Version}}"],
        ["podman"] = ["info", "--format", "{{.Host.Arch}}"],
    };

    /// <summary>
    /// Finds a container engine that answers and makes Aspire use it. Without this check Aspire would wait forever for an
    /// engine that does not answer.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="wish">The setting that needs containers.</param>
    /// <param name="wayOut">Alternative for the error message, for a machine without an engine.</param>
    /// <exception cref="DistributedApplicationException">No engine answers.</exception>
    public static void Require(IDistributedApplicationBuilder builder, string wish, string wayOut)
    {
        IEnumerable<string> engines = builder.Configuration[Setting] is { Length: > 0 } chosen ? [chosen] : Questions.Keys;
        var faults = new List<string>();
        foreach (var engine in engines)
        {
            if (FindFault(engine) is not { } fault)
            {
                builder.Configuration[Setting] = engine;
                return;
            }
            faults.Add(fault);
        }
        throw new DistributedApplicationException($"{wish} needs a container engine ({string.Join("; ", faults)}): start one, or {wayOut}.");
    }

    /// <summary>Returns the reason why the engine does not answer; null when it answers.</summary>
    private static string? FindFault(string engine)
    {
        if (!Questions.TryGetValue(engine, out var question))
            return $"{Setting}={engine} is not known: use docker or podman";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(engine, question)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            _ = process.StandardOutput.ReadToEndAsync();
            var said = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(AnswerTimeout))
            {
                process.Kill(entireProcessTree: true);
                return $"{engine} did not answer within {AnswerTimeout.TotalSeconds:0} s";
            }
            return process.ExitCode == 0 ? null : $"{engine} does not answer{Reason(said.Wait(ErrorOutputTimeout) ? said.Result : "")}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return $"{engine} is not installed";
        }
    }

    private static string Reason(string said) =>
        said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() is { } line ? $", it says: {line.TrimEnd('.', '?')}" : "";
}
