namespace RagApp.Models.Pool;

/// <summary>Estimates when a waiting request will be served.</summary>
internal static class WaitEstimate
{
    /// <summary>
    /// Time until the upstreams together have room for the request and those before it. It takes them for one bucket, and so is
    /// never too long by more than the largest request.
    /// </summary>
    /// <param name="allowed">Upstreams of the request.</param>
    /// <param name="ahead">Requests that go first.</param>
    public static TimeSpan Of(IReadOnlyList<Upstream> allowed, LeaseRequest request, IEnumerable<LeaseRequest> ahead, TimeSpan now)
    {
        var soonest = allowed.Min(upstream => upstream.WaitFor(request.Tokens, now));
        var (requests, tokens) = (1.0, request.Tokens);
        foreach (var before in ahead.Where(before => allowed.Any(before.Allows)))
            (requests, tokens) = (requests + 1, tokens + before.Tokens);

        var rooms = allowed.Select(upstream => upstream.CapacityAt(now)).ToList();
        var seconds = Math.Max(
            Seconds(requests - rooms.Sum(room => room.Requests), rooms.Sum(room => room.RequestsPerSecond)),
            Seconds(tokens - rooms.Sum(room => room.Tokens), rooms.Sum(room => room.TokensPerSecond)));
        return seconds > soonest.TotalSeconds ? TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1).TotalSeconds)) : soonest;
    }

    private static double Seconds(double lacking, double perSecond) => lacking > 0 ? lacking / perSecond : 0;
}
