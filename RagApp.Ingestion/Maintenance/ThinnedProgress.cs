namespace RagApp.Ingestion.Maintenance;

/// <summary>Passes on every line, and at most five status updates a second.</summary>
internal sealed class ThinnedProgress(TimeProvider time, Action<VerbUpdate> pass) : IProgress<VerbUpdate>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private long? _passed;

    public void Report(VerbUpdate value)
    {
        lock (_lock)
        {
            if (value.Kind == VerbUpdateKind.Status)
            {
                if (_passed is { } last && time.GetElapsedTime(last) < Interval)
                    return;
                _passed = time.GetTimestamp();
            }
            pass(value);
        }
    }
}
