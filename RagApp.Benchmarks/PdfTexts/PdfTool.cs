using System.Diagnostics;
using System.Text;

namespace RagApp.Benchmarks.PdfTexts;

/// <summary>A program that writes the text of a PDF to its standard output.</summary>
/// <param name="Package">The Debian package with the program.</param>
internal sealed record PdfTool(string Program, string Package, Func<string, string[]> Arguments)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static PdfTool Poppler { get; } = new("pdftotext", "poppler-utils", file => ["-q", "-enc", "UTF-8", file, "-"]);

    public static PdfTool MuPdf { get; } = new("mutool", "mupdf-tools", file => ["draw", "-q", "-F", "text", "-o", "-", file]);

    public static IReadOnlyList<PdfTool> All { get; } = [Poppler, MuPdf];

    public bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Program)));

    /// <summary>The text of the file; empty when the program fails or takes more than a minute.</summary>
    public async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Program, Arguments(file)) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        using var process = Process.Start(start)!;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Longest);
        try
        {
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var text = await process.StandardOutput.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return text;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return "";
        }
    }
}
