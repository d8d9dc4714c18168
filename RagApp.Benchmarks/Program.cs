using BenchmarkDotNet.Running;
using RagApp.Benchmarks.Answers;
using RagApp.Benchmarks.Archives;
using RagApp.Benchmarks.Chunking;
using RagApp.Benchmarks.Dlp;
using RagApp.Benchmarks.Documents;
using RagApp.Benchmarks.Index;
using RagApp.Benchmarks.Lists;
using RagApp.Benchmarks.Rebuild;
using RagApp.Benchmarks.Retrieval;
using RagApp.Benchmarks.Revocations;
using RagApp.Benchmarks.Throughput;

namespace RagApp.Benchmarks;

/// <summary>All measurements: verbs of our own, and BenchmarkDotNet for everything else on the command line.</summary>
public static class Program
{
    private const string Help = """
        usage: RagApp.Benchmarks VERB [options]

          answers     how often the quoted sentences hold the answer, and how well questions without one are told
          dlp         precision and recall of the detectors of confidential data, and what they find in texts
          documents   reads every file of a corpus through the real parser and scores what comes out
          throughput  pages and documents per second, and the worker's memory over many documents
          chunking    processor time of cutting texts that are made to be slow, by their length
          archives    changes access to, and deletes, an archive of thousands of files
          lists       what a page of the list of documents costs, by the catalogue and by reading every manifest
          rebuild     builds an index of 20,000 chunks anew, and asks questions before and meanwhile
          index       size, recall and time of the embedded index at several sizes, and for who may read how much
          retrieval   how well documents are found, by words, by meaning and by both, on sets with judgements
          revocations whether an index under load loses writes, or shows what was revoked

        VERB --help says more. Without a verb the command line is BenchmarkDotNet's: --list flat names the
        benchmarks, --filter '*Index*' picks some.
        """;

    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case [] or ["--help" or "-h"]:
                Console.WriteLine(Help);
                return 0;
            case [AnswersCommand.Verb, .. var rest]:
                return await AnswersCommand.RunAsync(rest);
            case [DocumentsCommand.Verb, .. var rest]:
                return await DocumentsCommand.RunAsync(rest);
            case [DlpCommand.Verb, .. var rest]:
                return await DlpCommand.RunAsync(rest);
            case [ThroughputCommand.Verb, .. var rest]:
                return await ThroughputCommand.RunAsync(rest);
            case [RetrievalCommand.Verb, .. var rest]:
                return await RetrievalCommand.RunAsync(rest);
            case [RevocationsCommand.Verb, .. var rest]:
                return await RevocationsCommand.RunAsync(rest);
            case [ArchivesCommand.Verb, .. var rest]:
                return await ArchivesCommand.RunAsync(rest);
            case [ChunkingCommand.Verb, .. var rest]:
                return await ChunkingCommand.RunAsync(rest);
            case [ListsCommand.Verb, .. var rest]:
                return await ListsCommand.RunAsync(rest);
            case [IndexCommand.Verb, .. var rest]:
                return await IndexCommand.RunAsync(rest);
            case [RebuildCommand.Verb, ..]:
                return await RebuildCommand.RunAsync();
            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
                return 0;
        }
    }
}
