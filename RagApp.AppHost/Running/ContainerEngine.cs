using System.Diagnostics;

namespace RagApp.AppHost.Running;

/// <summary>The container engine of this machine: Docker or Podman.</summary>
internal static class ContainerEngine
{
    /// <summary>The setting by which Aspire is told which engine to use.</summary>
    private const string Setting = "ASPIRE_CONTAINER_RUNTIME";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A program that has ended may have left another one that keeps its output open.</summary>
    private static readonly TimeSpan ReasonPatience = TimeSpan.FromSeconds(1);

    /// <summary>A command of each engine that only a running engine answers.</summary>
    private static readonly Dictionary<string, string[]> Questions = new(StringComparer.Ordinal)
    {
        ["docker"] = ["version", "--format", "{{.Server.Version}}"],
        ["podman"] = ["info", "--format", "{{.Host.Arch}}"],
    };

    /// <summary>Makes sure that an engine answers: Aspire itself would wait for one for ever.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="wish">The setting that needs containers.</param>
    /// <param name="wayOut">What to do without an engine.</param>
    /// <exception cref="DistributedApplicationException">None answers.</exception>
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

    /// <summary>Null when the engine answers.</summary>
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
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return $"{engine} did not answer within {Patience.TotalSeconds:0} s";
            }
            return process.ExitCode == 0 ? null : $"{engine} does not answer{Reason(said.Wait(ReasonPatience) ? said.Result : "")}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return $"{engine} is not installed";
        }
    }

    private static string Reason(string said) =>
        said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() is { } line ? $", it says: {line.TrimEnd('.', '?')}" : "";
}
