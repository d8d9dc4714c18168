using System.CommandLine;
using BenchmarkDotNet.Running;
using RagApp.Benchmarks.Answers;
using RagApp.Benchmarks.Archives;
using RagApp.Benchmarks.Calibration;
using RagApp.Benchmarks.Chunking;
using RagApp.Benchmarks.Dlp;
using RagApp.Benchmarks.Documents;
using RagApp.Benchmarks.Embeddings;
using RagApp.Benchmarks.Index;
using RagApp.Benchmarks.Leaks;
using RagApp.Benchmarks.Lists;
using RagApp.Benchmarks.ModelGateway;
using RagApp.Benchmarks.PdfTexts;
using RagApp.Benchmarks.Rebuild;
using RagApp.Benchmarks.Recovery;
using RagApp.Benchmarks.Retrieval;
using RagApp.Benchmarks.Revocations;
using RagApp.Benchmarks.Throughput;
using RagApp.Benchmarks.WordLists;
using RagApp.Benchmarks.Workspace;

namespace RagApp.Benchmarks;

/// <summary>Entry point of all measurements: this project's own verbs, and BenchmarkDotNet for any other command line.</summary>
public static class Program
{
    private const int UsageError = 64;
    private const int Interrupted = 130;

    private const string Description = """
        Measures RagApp. Without a verb the command line is BenchmarkDotNet's: --list flat names the benchmarks,
        --filter '*Index*' picks some.

        Exit code: 0 done, 1 an aim is missed, 64 wrong usage, 130 interrupted.
        """;

    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand(Description)
        {
            AnswersCommand.Create(),
            ArchivesCommand.Create(),
            CalibrateCommand.Create(),
            ChunkingCommand.Create(),
            DlpCommand.Create(),
            DocumentsCommand.Create(),
            EmbeddingCommand.Create(),
            GatewayCommand.Create(),
            IndexCommand.Create(),
            LeaksCommand.Create(),
            ListsCommand.Create(),
            PdfCommand.Create(),
            RebuildCommand.Create(),
            RecoveryCommand.Create(),
            RetrievalCommand.Create(),
            RevocationsCommand.Create(),
            ThroughputCommand.Create(),
            WordListCommand.Create(),
            WorkspaceCommand.Create(),
        };
        if (args is [] or ["--help" or "-h"])
            return await ListAsync(root);
        if (!root.Subcommands.Any(verb => verb.Name == args[0]))
        {
            BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
            return 0;
        }
        return await RunAsync(root.Parse(args));
    }

    /// <summary>Lists the verbs, each with the first line of its description; the help of a verb shows the whole description.</summary>
    private static Task<int> ListAsync(RootCommand root)
    {
        foreach (var verb in root.Subcommands)
            verb.Description = verb.Description!.Split('\n')[0];
        return root.Parse("--help").InvokeAsync();
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        try
        {
            if (parsed.Errors.Count > 0)
                throw new UsageException(string.Join('\n', parsed.Errors.Select(error => error.Message)));
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is UsageException or DirectoryNotFoundException)
        {
            await Console.Error.WriteLineAsync($"{exception.Message}\n'{parsed.CommandResult.Command.Name} --help' says more.");
            return UsageError;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }
}
