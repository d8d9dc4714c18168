using System.Globalization;
using System.Runtime.InteropServices;
using RagApp.Storage.Journals;

namespace RagApp.Gateway.Authentication.Failures;

/// <summary>
/// Counts refused credentials, and records them in the audit journals: those of a proven tenant in its own, all others in that of
/// <see cref="CallerNames.Installation"/>. Equal refusals of a few seconds share a record, and the number of different ones is bounded,
/// so that a flood of attempts cannot fill the store.
/// </summary>
internal sealed class SignInFailures(Telemetry telemetry, TimeProvider time, IServiceProvider services, ILogger<SignInFailures> logger) : PeriodicAudit(services, time)
{
    private const int MaxDifferent = 500;
    private const string Elsewhere = "others";

    private readonly Lock _lock = new();
    private Dictionary<Refusal, int> _refusals = [];

    public void Count(SignInException refusal, HttpContext context)
    {
        telemetry.Refused(refusal.Failure);
        if (Journal is null)
            return;
        var key = new Refusal(
            refusal.Tenant ?? CallerNames.Installation, refusal.Failure, refusal.Subject, context.Connection.RemoteIpAddress?.ToString() ?? Elsewhere);
        lock (_lock)
        {
            if (_refusals.Count >= MaxDifferent && !_refusals.ContainsKey(key))
                key = key with { Tenant = CallerNames.Installation, Subject = null, Address = Elsewhere };
            CollectionsMarshal.GetValueRefOrAddDefault(_refusals, key, out _)++;
        }
    }

    public override async Task WriteAsync(CancellationToken cancellationToken)
    {
        Dictionary<Refusal, int> refusals;
        lock (_lock)
            (refusals, _refusals) = (_refusals, []);
        foreach (var (refusal, count) in refusals)
        {
            try
            {
                await Journal!.AppendAsync(RecordOf(refusal, count), cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.RefusalsNotRecorded(count, exception); // a boundary: the next ones are recorded when the store is back
            }
        }
    }

    private AuditRecord RecordOf(Refusal refusal, int count) => new(
        refusal.Tenant, Time.GetUtcNow(), refusal.Subject is null ? "unknown" : $"user:{refusal.Subject}", AuditActions.SignInFailed, DocumentId: null, Version: null,
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["reason"] = Telemetry.NameOf(refusal.Failure),
            ["address"] = refusal.Address,
            ["count"] = count.ToString(CultureInfo.InvariantCulture),
        },
        TraceId: null);

    private sealed record Refusal(string Tenant, SignInFailure Failure, string? Subject, string Address);
}
