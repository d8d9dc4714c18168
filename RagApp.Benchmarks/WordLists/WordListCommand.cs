using System.CommandLine;
using RagApp.Text.Analysis;
using ParseResult = System.CommandLine.ParseResult;

namespace RagApp.Benchmarks.WordLists;

/// <summary>The verb <c>wordlist</c>: packs a list of words into a file of <c>RagApp.Text/WordLists</c>.</summary>
internal static class WordListCommand
{
    private static readonly Argument<FileInfo> Words = new("words")
    {
        Description = "Text file (UTF-8) with one word in each line.",
    };

    private static readonly Argument<FileInfo> Packed = new("packed")
    {
        Description = "File to write, such as RagApp.Text/WordLists/en.fst.",
    };

    public static Command Create()
    {
        var command = new Command(
            "wordlist",
            """
            Packs a list of words into a word list of the program.

            RagApp.Text/WordLists/NOTICE names the source of each list and the command that prints its words.
            """) { Words, Packed };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed)
    {
        using var file = parsed.GetRequiredValue(Packed).Create();
        var count = WordList.Write(File.ReadLines(parsed.GetRequiredValue(Words).FullName), file);
        Console.WriteLine($"{count:N0} words in {file.Length:N0} bytes.");
        return Task.FromResult(0);
    }
}
