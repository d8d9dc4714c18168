using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Benchmarks.Services;
using ParseResult = System.CommandLine.ParseResult;

namespace RagApp.Benchmarks.PdfTexts;

/// <summary>The verb <c>pdf</c>: compares the text that RagApp reads from PDFs with that of two other programs.</summary>
internal static class PdfCommand
{
    private static readonly Argument<DirectoryInfo> Folder = new Argument<DirectoryInfo>("FOLDER") { Description = "The folder with the PDFs; its subfolders are searched too." }.AcceptExistingOnly();

    public static Command Create()
    {
        var command = new Command(
            "pdf",
            """
            Compares the text read from PDFs with that of pdftotext and mutool.

            Prints for every PDF of a folder the agreement in runs of three words: of RagApp with pdftotext, of RagApp with mutool, and of these two;
            the share of the words that both of them have and RagApp has too, with some of those that are missing; and pages per second of all
            three. Needs pdftotext (Debian: poppler-utils) and mutool (mupdf-tools). Exit code 1: an aim is missed.
            """) { Folder };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (PdfTool.All.FirstOrDefault(tool => !tool.IsInstalled) is { } missing)
            throw new UsageException($"'{missing.Program}' is not installed. Install it with 'apt-get install {missing.Package}'.");
        await using var services = ParserServices.Create(options => options.Ocr.Enabled = false);
        var reader = ActivatorUtilities.CreateInstance<PdfTextReader>(services);
        var report = new PdfReport(Console.Out);
        var folder = parsed.GetRequiredValue(Folder).FullName;
        foreach (var file in Directory.EnumerateFiles(folder, "*.pdf", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (await reader.ReadAsync(file, cancellationToken) is { } texts)
                report.Add(new PdfScore(Path.GetRelativePath(folder, file), texts));
        }
        report.End();
        return report.MeetsTheAims ? 0 : 1;
    }
}
