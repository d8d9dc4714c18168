using System.Diagnostics;
using System.Globalization;

namespace RagApp.Ingestion.Parsing.Isolation;

/// <summary>
/// What programs that open documents are started through: a network of their own where that is permitted, and the verb
/// <c>confine</c>, which gives up everything else. Tried once, by starting this program through it.
/// </summary>
internal static class Confinement
{
    /// <summary>Each is tried in turn, until one is permitted.</summary>
    private static readonly string[][] Namespaces = [["unshare", "--net"], ["unshare", "--map-current-user", "--net"], []];

    /// <summary>What the machine permits does not change while this process runs.</summary>
    private static readonly Lazy<Task<Permitted>> s_permitted = new(FindAsync);

    /// <summary>The command line for <paramref name="program"/> and its arguments under these rules.</summary>
    public static async Task<IReadOnlyList<string>> WrapAsync(ConfinementRules rules, IEnumerable<string> program, CancellationToken cancellationToken)
    {
        var permitted = await s_permitted.Value.WaitAsync(cancellationToken);
        return permitted.Wrappers is { } wrappers ? [.. wrappers, .. Confined(rules), .. program] : [.. program];
    }

    /// <summary>This program with a verb.</summary>
    public static IEnumerable<string> ThisProgram(string verb) =>
        [SystemPaths.DotnetHost, Path.Combine(AppContext.BaseDirectory, "RagApp.Ingestion.dll"), verb];

    /// <summary>The measures that hold for every program that is started so.</summary>
    public static async Task<Measures> HeldAsync(CancellationToken cancellationToken) =>
        (await s_permitted.Value.WaitAsync(cancellationToken)).Held;

    private static IEnumerable<string> Confined(ConfinementRules rules) => [.. ThisProgram(ConfineCommand.Verb), .. rules.ToArguments()];

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

    /// <summary>The measures that hold for a parser that is started so; null when it does not start.</summary>
    private static async Task<Measures?> TryAsync(string[] wrapper)
    {
        string[] command =
        [
            .. wrapper, .. ThisProgram(ConfineCommand.Verb), ConfineCommand.Report,
            .. ConfinementRules.None.ToArguments(), .. ThisProgram(ConfineCommand.Verb),
        ];
        try
        {
            var start = ConfinedProcess.Describe(command, Path.GetTempPath());
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
            return null; // util-linux is not here
        }
    }

    /// <param name="Wrappers">What comes in front of the verb; null where not even that works.</param>
    private sealed record Permitted(IReadOnlyList<string>? Wrappers, Measures Held);
}
