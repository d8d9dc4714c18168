namespace RagApp.Ingestion.Maintenance;

/// <summary>
/// Prints the updates of a verb. On a terminal, the status is one line that is overwritten; in a file or pipe, it is a line
/// every five seconds.
/// </summary>
internal sealed class ConsoleProgress(TimeProvider time) : IProgress<VerbUpdate>, IDisposable
{
    private static readonly TimeSpan FileInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long? _printed;
    private int _shown;

    public void Report(VerbUpdate value)
    {
        lock (_lock)
        {
            if (value.Kind == VerbUpdateKind.Line)
            {
                Clear();
                Console.Out.WriteLine(value.Text);
            }
            else if (!Console.IsOutputRedirected)
            {
                Show(value.Text);
            }
            else if (_printed is not { } last || time.GetElapsedTime(last) >= FileInterval)
            {
                _printed = time.GetTimestamp();
                Console.Out.WriteLine(value.Text);
            }
        }
    }

    /// <summary>Prints the last message, to standard error when the exit code is not 0; returns the exit code.</summary>
    public int End(VerbUpdate end)
    {
        lock (_lock)
        {
            Clear();
            if (end.Text.Length > 0)
                (end.Exit == MaintenanceExit.Done ? Console.Out : Console.Error).WriteLine(end.Text);
            return end.Exit ?? MaintenanceExit.Failed;
        }
    }

    public void Dispose() => Clear();

    private void Show(string text)
    {
        var line = text.Length < Console.WindowWidth || Console.WindowWidth < 2 ? text : text[..(Console.WindowWidth - 1)];
        Console.Out.Write($"\r{line.PadRight(_shown)}");
        _shown = line.Length;
    }

    private void Clear()
    {
        if (_shown > 0)
            Console.Out.Write($"\r{new string(' ', _shown)}\r");
        _shown = 0;
    }
}
