using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using RagApp.Benchmarks.Throughput;

namespace RagApp.Benchmarks.Archives;

/// <summary>
/// The verb <c>archives</c>: measures how long searches take to reflect an access change, or the deletion, of an archive with
/// many files.
/// </summary>
internal static class ArchivesCommand
{
    private static readonly Option<int> Files = VerbOptions.Number("--files", "Text files in the archive, 10 to 10000.", 5000, least: 10, most: 10_000);

    public static Command Create()
    {
        var command = new Command(
            "archives",
            """
            Changes access to, and deletes, an archive of thousands of files.

            Uploads one archive to the real service on a real redis-server and a real folder, embedding excluded, changes who
            may read it and deletes it, and asks the index meanwhile what each person finds. The baseline writes the same
            number of documents into an index one by one, as each of them is changed and removed alone.
            """) { Files };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        var files = parsed.GetValue(Files);
        await OneByOne.RunAsync(files, Console.Out);
        await MeasureAsync(files);
        return 0;
    }

    public static string TextOf(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"The report number {number} says that all is well in room {number % 100}.");

    private static async Task MeasureAsync(int files)
    {
        await using var bench = await IngestionBench.StartAsync(workers: 2);
        var (id, taken) = await bench.IngestTreeAsync("all.zip", Archive(files), "public");
        Say($"archive of {files:N0} files, indexed in {taken:0.0} s:");
        await using var watch = new VisibilityWatch(bench.DataPath, IngestionBench.Person.Tenant);
        await watch.UntilAsync(files);
        await MeasureAsync("access narrowed", watch.UntilAsync(0), () => bench.SetAccessAsync(id, $"user:{IngestionBench.Person.Subject}"));
        await MeasureAsync("access widened", watch.UntilAsync(files), () => bench.SetAccessAsync(id, "public"));
        await MeasureAsync("deleted", watch.UntilAsync(0), () => bench.DeleteAsync(id));
    }

    private static async Task MeasureAsync(string what, Task<double> holds, Func<Task> change)
    {
        var started = TimeProvider.System.GetTimestamp();
        await change();
        var answered = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Say($"  {what}: in the index of another process after {await holds:0.0} s, request answered after {answered:0.0} s");
    }

    private static byte[] Archive(int files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            for (var number = 0; number < files; number++)
            {
                using var entry = archive.CreateEntry(string.Create(CultureInfo.InvariantCulture, $"{number % 50}/{number}.txt")).Open();
                entry.Write(Encoding.UTF8.GetBytes(TextOf(number)));
            }
        }
        return bytes.ToArray();
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
