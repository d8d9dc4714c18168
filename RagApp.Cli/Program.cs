using System.CommandLine;
using RagApp.Cli.Ingest;

namespace RagApp.Cli;

/// <summary>The command <c>ragapp</c>, for people who use a RagApp server from a terminal or a script.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Works with a RagApp server.") { IngestCommand.Create() };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });

        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync(error.Message);
        await Console.Error.WriteLineAsync("'ragapp ingest --help' shows how it is used.");
        return ExitCode.Usage;
    }
}
