using System.Globalization;
using Spectre.Console;

namespace RagApp.Cli.Ingest;

/// <summary>Shows the progress of a run on standard error: bars in a terminal, else a line from time to time.</summary>
internal static class IngestProgress
{
    public static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);
    public static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);

    public static async Task ShowAsync(Tally tally, RetryBackoff backoff, IngestSettings settings, Func<Task> work)
    {
        if (Console.IsErrorRedirected || settings.Json)
            await RepeatAsync(work(), LineEvery, () => Console.Error.WriteLine(Line(tally, backoff)));
        else
            await ShowBarsAsync(tally, backoff, settings, work);
    }

    private static async Task ShowBarsAsync(Tally tally, RetryBackoff backoff, IngestSettings settings, Func<Task> work)
    {
        await Bars().StartAsync(async context =>
        {
            var sending = context.AddTask("Sending", maxValue: Math.Max(tally.Found, 1));
            var indexing = settings is { Wait: true, DryRun: false } ? context.AddTask("Indexing", maxValue: Math.Max(tally.Found, 1)) : null;
            await RepeatAsync(work(), Redraw, Draw);
            Draw();

            void Draw()
            {
                sending.Value = tally.Unchanged + tally.Sent + tally.NotSent;
                sending.Description = backoff.Pause is { Ticks: > 0 } pause
                    ? Waiting(pause)
                    : string.Create(CultureInfo.InvariantCulture, $"Sent {tally.Sent:N0}, unchanged {tally.Unchanged:N0} of {tally.Found:N0}");
                if (indexing is null)
                    return;
                indexing.Value = tally.Unchanged + tally.Indexed + tally.Empty + tally.Unseen + tally.Failed;
                indexing.Description = string.Create(CultureInfo.InvariantCulture, $"Indexed {tally.Indexed:N0}, without text {tally.Empty:N0}, failed {tally.Failed:N0}");
            }
        });
    }

    /// <summary>Bars on standard error.</summary>
    public static Progress Bars() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn());

    /// <summary>Waits for some work, and draws from time to time meanwhile.</summary>
    public static async Task RepeatAsync(Task work, TimeSpan interval, Action draw)
    {
        using var timer = new PeriodicTimer(interval, TimeProvider.System);
        while (await Task.WhenAny(work, timer.WaitForNextTickAsync().AsTask()) != work)
            draw();
        await work;
    }

    private static string Line(Tally tally, RetryBackoff backoff)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{tally.Unchanged:N0} unchanged, {tally.Sent:N0} sent of {tally.Found:N0}; {tally.Indexed:N0} indexed, {tally.Empty:N0} without text, {tally.Failed:N0} failed");
        return backoff.Pause is { Ticks: > 0 } pause ? $"{line}; {Waiting(pause)}" : line;
    }

    private static string Waiting(TimeSpan pause) => string.Create(CultureInfo.InvariantCulture, $"the server asked to wait: {pause.TotalSeconds:0} s");
}
