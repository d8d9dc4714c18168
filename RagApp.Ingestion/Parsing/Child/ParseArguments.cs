using System.Globalization;

namespace RagApp.Ingestion.Parsing.Child;

/// <summary>The command line of <c>parse</c>.</summary>
/// <param name="IsChild">Read what is asked for on standard input, in this very process, and end when it closes: the service holds the other end.</param>
/// <param name="Limits">As given, not yet over the defaults; a format's are under its short name, those for all under the empty name.</param>
internal sealed record ParseArguments(
    string File, bool Json, bool Members, bool WithMembers, bool IsChild, string OcrLanguages, int OcrPages, IReadOnlyList<KeyValuePair<string, FormatLimits>> Limits)
{
    public const string JsonOption = "--json";
    public const string MembersOption = "--members";
    public const string WithMembersOption = "--with-members";
    public const string ChildOption = "--child";
    public const string OcrOption = "--ocr";
    public const string OcrPagesOption = "--ocr-pages";
    public const string LimitsOption = "--limits";

    /// <summary>In the place of languages: scanned pages are not read.</summary>
    public const string NoOcr = "none";

    public static string Help { get; } = $"""
        usage: parse FILE [--json] [--with-members] [--limits [FORMAT:]memory=MIB,cpu=S,wall=S]

        Reads one document in a process of its own and prints its text. What the file is, is seen by its content.

          --json           print the result as JSON: outcome, title, blocks, warnings, members
          --with-members   read the files inside the file as well, and those inside them
          --limits L       what it may cost: memory=512 (MiB, 128 to 65536), cpu=60 and wall=120 (seconds); each may
                           be left out. For one format only with its name in front, as in pdf:memory=1024,cpu=300.
                           May be given several times.
          --ocr LANGUAGES  Tesseract's languages for scanned pages, as in eng+deu (default eng), or none
          --ocr-pages N    most scanned pages that are read (default 100)

        Formats: {string.Join(", ", FormatNames.All)}.
        Other settings are the service's, from the environment: Parser__TempPath=/var/tmp.
        Exit code: 0 read, 1 refused with a reason, 2 a limit was hit, 64 wrong usage.
        """;

    /// <summary>The limits over those of <paramref name="options"/>.</summary>
    public void ApplyTo(ParserOptions options)
    {
        foreach (var (format, limits) in Limits)
        {
            if (format.Length == 0)
            {
                options.MemoryMiB = limits.MemoryMiB ?? options.MemoryMiB;
                options.CpuSeconds = limits.CpuSeconds ?? options.CpuSeconds;
                options.WallTime = limits.WallTime ?? options.WallTime;
            }
            else
                options.Formats[format] = limits;
        }
        options.Ocr.Enabled &= OcrLanguages != NoOcr;
        options.Ocr.Languages = OcrLanguages is "" or NoOcr ? options.Ocr.Languages : OcrLanguages;
        options.Ocr.MaxPages = OcrPages > 0 ? OcrPages : options.Ocr.MaxPages;
    }

    public static ParseArguments? Read(string[] args, out string error)
    {
        var parsed = new ParseArguments("", Json: false, Members: false, WithMembers: false, IsChild: false, OcrLanguages: "", OcrPages: 0, Limits: []);
        error = "";
        for (var i = 0; i < args.Length && error.Length == 0; i++)
        {
            parsed = args[i] switch
            {
                JsonOption => parsed with { Json = true },
                MembersOption => parsed with { Members = true },
                WithMembersOption => parsed with { WithMembers = true },
                ChildOption => parsed with { IsChild = true },
                LimitsOption => parsed with { Limits = [.. parsed.Limits, LimitsArgument.Read(Value(args, ++i, ref error), ref error)] },
                OcrOption => parsed with { OcrLanguages = Value(args, ++i, ref error) },
                OcrPagesOption => parsed with { OcrPages = Number(Value(args, ++i, ref error), ref error) },
                ['-', '-', ..] => Fail(parsed, $"'{args[i]}' is no option.", ref error),
                _ when parsed.File.Length > 0 => Fail(parsed, "One file at a time.", ref error),
                _ => parsed with { File = args[i] },
            };
        }
        if (error.Length == 0 && parsed.File.Length == 0 && !parsed.IsChild)
            error = "Which file?";
        return error.Length == 0 ? parsed : null;
    }

    private static string Value(string[] args, int at, ref string error)
    {
        if (at < args.Length)
            return args[at];
        error = $"'{args[at - 1]}' wants a value.";
        return "";
    }

    private static int Number(string text, ref string error)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        error = error.Length > 0 ? error : $"'{text}' is no number.";
        return 0;
    }

    private static ParseArguments Fail(ParseArguments parsed, string message, ref string error)
    {
        error = message;
        return parsed;
    }
}
