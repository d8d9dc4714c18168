using System.Diagnostics;

namespace RagApp.Ingestion.Parsing;

/// <summary>
/// What programs that open documents are started through: util-linux, where present, without new privileges and, where
/// permitted, without a network.
/// </summary>
internal sealed class Confinement(ILogger<Confinement> logger)
{
    /// <summary>Each is tried once, by running nothing with it.</summary>
    private static readonly string[][] NetworkNamespaces = [["unshare", "--net"], ["unshare", "--map-current-user", "--net"]];

    private static readonly string[] NoNewPrivileges = ["setpriv", "--no-new-privs"];

    private readonly Lazy<Task<IReadOnlyList<string>>> _wrappers = new(() => FindAsync(logger));

    /// <summary>What comes in front of the command.</summary>
    public Task<IReadOnlyList<string>> WrappersAsync(CancellationToken cancellationToken) => _wrappers.Value.WaitAsync(cancellationToken);

    private static async Task<IReadOnlyList<string>> FindAsync(ILogger logger)
    {
        var wrappers = new List<string>();
        if (OperatingSystem.IsLinux())
        {
            foreach (var wrapper in NetworkNamespaces)
            {
                if (wrappers.Count == 0 && await WorksAsync(wrapper))
                    wrappers.AddRange(wrapper);
            }
            if (await WorksAsync(NoNewPrivileges))
                wrappers.AddRange(NoNewPrivileges);
        }
        logger.ParserWrappers(wrappers.Count > 0 ? string.Join(' ', wrappers) : "nothing: util-linux is not here or not permitted");
        return wrappers;
    }

    private static async Task<bool> WorksAsync(string[] wrapper)
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(wrapper[0], [.. wrapper.Skip(1), "true"])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            });
            if (probe is null)
                return false;
            await probe.WaitForExitAsync();
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
