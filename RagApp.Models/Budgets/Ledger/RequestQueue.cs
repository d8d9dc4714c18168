namespace RagApp.Models.Budgets.Ledger;

/// <summary>
/// Requests to the ledger. One that comes alone is sent at once; those that come while a script runs wait for it, and are made together
/// by the next one.
/// </summary>
/// <param name="send">Makes requests with one script and ends all of them, unless it throws.</param>
internal sealed class RequestQueue(Func<IReadOnlyList<LedgerRequest>, Task> send)
{
    /// <summary>Largest number of requests of one script, during which the server does nothing else.</summary>
    private const int Most = 100;

    private readonly Lock _lock = new();
    private readonly Queue<LedgerRequest> _waiting = []; // as many as the calls of this process
    private bool _isSending;

    public void Add(LedgerRequest request)
    {
        lock (_lock)
        {
            _waiting.Enqueue(request);
            if (_isSending)
                return;
            _isSending = true;
        }
        // Later scripts do not belong to the request that happens to send the first one.
        using (ExecutionContext.SuppressFlow())
            _ = SendAllAsync();
    }

    private async Task SendAllAsync()
    {
        while (TakeNext() is { } requests)
        {
            try
            {
                await send(requests);
            }
            catch (Exception exception)
            {
                // What waits was not sent, and would wait as long again for the same server: its callers decide.
                foreach (var request in requests.Concat(TakeAll()))
                    request.Fail(exception);
            }
        }
    }

    /// <summary>The requests of the next script; null when none waits, which ends the sending.</summary>
    private List<LedgerRequest>? TakeNext()
    {
        lock (_lock)
        {
            _isSending = _waiting.Count > 0;
            return _isSending ? Take(Most) : null;
        }
    }

    private List<LedgerRequest> TakeAll()
    {
        lock (_lock)
            return Take(_waiting.Count);
    }

    private List<LedgerRequest> Take(int most)
    {
        var taken = new List<LedgerRequest>(Math.Min(most, _waiting.Count));
        while (taken.Count < most && _waiting.TryDequeue(out var request))
            taken.Add(request);
        return taken;
    }
}
