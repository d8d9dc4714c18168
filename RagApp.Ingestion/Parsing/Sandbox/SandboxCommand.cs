using System.Diagnostics;
using System.Globalization;
using RagApp.Parsing.Sandbox;

namespace RagApp.Ingestion.Parsing.Sandbox;

/// <summary>
/// Builds the command line that starts a program in the sandbox: a network namespace of its own where that is
/// permitted, and the verb <c>sandbox</c> of the parser's program, which gives up all other rights. Tried once by
/// starting that program.
/// </summary>
internal static class SandboxCommand
{
    /// <summary>Commands that create a network namespace, tried in turn until one is permitted.</summary>
    private static readonly string[][] Namespaces = [["unshare", "--net"], ["unshare", "--map-current-user", "--net"], []];

    /// <summary>The permitted measures, found once because they do not change while this process runs.</summary>
    private static readonly Lazy<Task<Permitted>> s_permitted = new(FindAsync);

    /// <summary>The command line for <paramref name="program"/> and its arguments under the given rules.</summary>
    public static async Task<IReadOnlyList<string>> WrapAsync(SandboxRules rules, IEnumerable<string> program, CancellationToken cancellationToken)
    {
        var permitted = await s_permitted.Value.WaitAsync(cancellationToken);
        return permitted.Wrappers is { } wrappers ? [.. wrappers, .. Sandboxed(rules), .. program] : [.. program];
    }

    /// <summary>The command line of the parser's program, which lies beside this one, with a verb.</summary>
    public static IEnumerable<string> Parser(string verb) =>
        [SystemPaths.DotnetHost, Path.Combine(AppContext.BaseDirectory, "RagApp.Parsing.dll"), verb];

    /// <summary>The measures in force for every program started in the sandbox.</summary>
    public static async Task<Measures> HeldAsync(CancellationToken cancellationToken) =>
        (await s_permitted.Value.WaitAsync(cancellationToken)).Held;

    private static IEnumerable<string> Sandboxed(SandboxRules rules) => [.. Parser(SandboxEntry.Verb), .. rules.ToArguments()];

    private static async Task<Permitted> FindAsync()
    {
        if (OperatingSystem.IsLinux())
        {
            foreach (var wrapper in Namespaces)
            {
                if (await TryAsync(wrapper) is { } held)
                    return new Permitted(wrapper, wrapper.Length > 0 ? held | Measures.NetworkNamespace : held);
            }
        }
        return new Permitted(Wrappers: null, Measures.None);
    }

    /// <summary>The measures in force when the parser is started with this wrapper; null when it does not start.</summary>
    private static async Task<Measures?> TryAsync(string[] wrapper)
    {
        string[] command =
        [
            .. wrapper, .. Parser(SandboxEntry.Verb), SandboxEntry.Report,
            .. SandboxRules.None.ToArguments(), .. Parser(SandboxEntry.Verb),
        ];
        try
        {
            var start = SandboxedProcess.Describe(command, Path.GetTempPath());
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
            var report = await process.StandardOutput.ReadToEndAsync();
            await errors;
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? (Measures)int.Parse(report, CultureInfo.InvariantCulture) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // util-linux is not installed
        }
    }

    /// <param name="Wrappers">The command in front of the verb; null when the sandbox does not start at all.</param>
    private sealed record Permitted(IReadOnlyList<string>? Wrappers, Measures Held);
}
