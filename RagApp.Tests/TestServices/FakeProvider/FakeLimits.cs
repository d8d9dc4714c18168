using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace RagApp.Tests.TestServices.FakeProvider;

/// <summary>
/// Limits of one key, as providers enforce them: a bucket of requests and a bucket of tokens, each of which holds the amount of one
/// minute and fills up continuously. The headers report them as OpenAI's do.
/// </summary>
internal sealed class FakeLimits(double requestsPerMinute, double tokensPerMinute, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Bucket _requests = new(requestsPerMinute);
    private readonly Bucket _tokens = new(tokensPerMinute);
    private long _filledAt = time.GetTimestamp();

    /// <summary>Takes what others use, such as another program with the same key.</summary>
    public void Use(double requests, double tokens)
    {
        lock (_lock)
        {
            Fill();
            _requests.Left -= requests;
            _tokens.Left -= tokens;
        }
    }

    /// <summary>Takes a request; false, with a time to wait in the headers, when a limit is reached.</summary>
    public bool TryTake(double tokens, IHeaderDictionary headers)
    {
        lock (_lock)
        {
            Fill();
            var wait = Math.Max(_requests.WaitFor(1), _tokens.WaitFor(tokens));
            if (wait == 0)
            {
                _requests.Left--;
                _tokens.Left -= tokens;
            }
            else
                headers["retry-after-ms"] = Text(Math.Ceiling(wait * 1000));
            Report(headers, "requests", _requests);
            Report(headers, "tokens", _tokens);
            return wait == 0;
        }
    }

    private static void Report(IHeaderDictionary headers, string kind, Bucket bucket)
    {
        headers[$"x-ratelimit-limit-{kind}"] = Text(bucket.Size);
        headers[$"x-ratelimit-remaining-{kind}"] = Text(Math.Max(0, Math.Floor(bucket.Left)));
        headers[$"x-ratelimit-reset-{kind}"] = Text(Math.Ceiling(bucket.WaitFor(bucket.Size) * 1000)) + "ms";
    }

    private static string Text(double number) => number.ToString("F0", CultureInfo.InvariantCulture);

    private void Fill()
    {
        var seconds = time.GetElapsedTime(_filledAt).TotalSeconds;
        _filledAt = time.GetTimestamp();
        _requests.Fill(seconds);
        _tokens.Fill(seconds);
    }

    private sealed class Bucket(double size)
    {
        public double Size { get; } = size;

        public double Left { get; set; } = size;

        public double WaitFor(double amount) => Math.Max(0, amount - Left) / (Size / 60);

        public void Fill(double seconds) => Left = Math.Min(Size, Left + (seconds * Size / 60));
    }
}
