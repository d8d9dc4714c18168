using System.Globalization;

namespace RagApp.Ingestion.Parsing.Child;

/// <summary>The command line of <c>parse</c>.</summary>
/// <param name="EndWithParent">End when standard input closes: the service holds the other end.</param>
internal sealed record ParseArguments(string File, bool Json, bool Members, bool WithMembers, bool EndWithParent, int MemoryMiB, int CpuSeconds)
{
    public const string JsonOption = "--json";
    public const string MembersOption = "--members";
    public const string WithMembersOption = "--with-members";
    public const string EndWithParentOption = "--end-with-parent";
    public const string MemoryOption = "--memory-mib";
    public const string CpuOption = "--cpu-seconds";

    public const string Help = """
        usage: parse FILE [--json] [--with-members] [--memory-mib N] [--cpu-seconds N]

        Reads one document and prints its text: PDF, Word (.docx), HTML, Markdown, plain text.
        What the file is, is seen by its content.

          --json             print the result as JSON: outcome, title, blocks, warnings, members
          --with-members     read the files inside the file as well, and those inside them
          --memory-mib N     data this process may hold, 128 to 65536 (default 512; Linux)
          --cpu-seconds N    processor time it may take, 1 to 3600 (default 60; Linux)
          --members          print the files inside the file, byte for byte, in frames (the service uses this)
          --end-with-parent  end when standard input closes (the service uses this)

        Exit code: 0 read, 1 refused with a reason, 2 a limit was hit, 64 wrong usage.
        """;

    public static ParseArguments? Read(string[] args, out string error)
    {
        var parsed = new ParseArguments("", Json: false, Members: false, WithMembers: false, EndWithParent: false, MemoryMiB: 512, CpuSeconds: 60);
        error = "";
        for (var i = 0; i < args.Length && error.Length == 0; i++)
        {
            parsed = args[i] switch
            {
                JsonOption => parsed with { Json = true },
                MembersOption => parsed with { Members = true },
                WithMembersOption => parsed with { WithMembers = true },
                EndWithParentOption => parsed with { EndWithParent = true },
                MemoryOption => parsed with { MemoryMiB = Number(args, ++i, 128, 65_536, ref error) },
                CpuOption => parsed with { CpuSeconds = Number(args, ++i, 1, 3_600, ref error) },
                ['-', '-', ..] => Fail(parsed, $"'{args[i]}' is no option.", ref error),
                _ when parsed.File.Length > 0 => Fail(parsed, "One file at a time.", ref error),
                _ => parsed with { File = args[i] },
            };
        }
        if (error.Length == 0 && parsed.File.Length == 0)
            error = "Which file?";
        return error.Length == 0 ? parsed : null;
    }

    private static int Number(string[] args, int at, int least, int most, ref string error)
    {
        if (at < args.Length
            && int.TryParse(args[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        error = string.Create(CultureInfo.InvariantCulture, $"'{args[at - 1]}' takes a number from {least} to {most}.");
        return least;
    }

    private static ParseArguments Fail(ParseArguments parsed, string message, ref string error)
    {
        error = message;
        return parsed;
    }
}
