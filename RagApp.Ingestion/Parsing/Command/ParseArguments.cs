using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using RagApp.Parsing;
using Verb = System.CommandLine.Command;

namespace RagApp.Ingestion.Parsing.Command;

/// <summary>The command line of <c>parse</c>.</summary>
/// <param name="OcrLanguages">The languages of text recognition; null for those of the service.</param>
/// <param name="OcrPages">Largest number of scanned pages to read; null for that of the service.</param>
/// <param name="Limits">
/// The limits as given, before the defaults are filled in: by short name of the format, or under the empty name for all
/// formats.
/// </param>
internal sealed record ParseArguments(
    string File, bool Json, bool WithMembers, string? OcrLanguages, int? OcrPages, IReadOnlyList<KeyValuePair<string, FormatLimits>> Limits)
{
    /// <summary>The value in the place of languages that turns text recognition off.</summary>
    private const string NoOcr = "none";

    private static readonly Argument<string> FileArgument = new("file") { Description = "The document." };

    private static readonly Option<bool> JsonOption = new("--json") { Description = "Print the result as JSON: outcome, title, blocks, warnings, members." };

    private static readonly Option<bool> WithMembersOption = new("--with-members") { Description = "Read the files inside the file as well, and those inside them." };

    private static readonly Option<KeyValuePair<string, FormatLimits>[]> LimitsOption = new("--limits")
    {
        Description = "What it may cost: memory=512 (MiB, 128 to 65536), cpu=60 and wall=120 (seconds); each may be left out. "
            + "For one format only with its name in front, as in pdf:memory=1024,cpu=300. May be given several times.",
        HelpName = "[FORMAT:]memory=MIB,cpu=S,wall=S",
        CustomParser = ReadLimits,
    };

    private static readonly Option<string?> OcrOption = new("--ocr")
    {
        Description = $"Tesseract's languages for scanned pages, as in eng+deu (default eng), or {NoOcr}.",
        HelpName = "LANGUAGES",
    };

    private static readonly Option<int?> OcrPagesOption = new("--ocr-pages") { Description = "Most scanned pages that are read (default 100).", HelpName = "N" };

    private static string Text => $"""
        Reads one document in a process of its own and prints its text. What the file is, is seen by its content.

        Formats: {string.Join(", ", FormatRegistry.Shipped.Names)}.
        Other settings are the service's, from the environment: Parser__TempPath=/var/tmp.
        Exit code: 0 read, 1 refused with a reason, 2 a limit was hit, 64 wrong usage.
        """;

    public static Verb CreateVerb(string name, Func<ParseArguments, Task<int>> run)
    {
        var verb = new Verb(name, Text) { FileArgument, JsonOption, WithMembersOption, LimitsOption, OcrOption, OcrPagesOption, new HelpOption() };
        verb.SetAction((parsed, _) => run(Read(parsed)));
        return verb;
    }

    /// <summary>Writes the given limits over those of <paramref name="options"/>.</summary>
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
        options.Ocr.Languages = OcrLanguages is null or NoOcr ? options.Ocr.Languages : OcrLanguages;
        options.Ocr.MaxPages = OcrPages ?? options.Ocr.MaxPages;
    }

    private static ParseArguments Read(System.CommandLine.ParseResult parsed) => new(
        parsed.GetRequiredValue(FileArgument), parsed.GetValue(JsonOption), parsed.GetValue(WithMembersOption),
        parsed.GetValue(OcrOption), parsed.GetValue(OcrPagesOption), parsed.GetValue(LimitsOption) ?? []);

    private static KeyValuePair<string, FormatLimits>[] ReadLimits(ArgumentResult given)
    {
        var error = "";
        KeyValuePair<string, FormatLimits>[] limits = [.. given.Tokens.Select(token => LimitsArgument.Read(token.Value, ref error))];
        if (error.Length > 0)
            given.AddError(error);
        return limits;
    }
}
