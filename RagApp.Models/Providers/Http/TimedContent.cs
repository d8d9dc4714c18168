using System.Net;

namespace RagApp.Models.Providers.Http;

/// <summary>The body of a provider's answer; each of its pieces has to come in time.</summary>
internal sealed class TimedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    public TimedContent(HttpContent inner, TimeSpan timeout, TimeProvider time)
    {
        (_inner, _timeout, _time) = (inner, timeout, time);
        foreach (var header in inner.Headers)
            Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() =>
        new TimedStream(await _inner.ReadAsStreamAsync(), _timeout, _time);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var body = new TimedStream(await _inner.ReadAsStreamAsync(cancellationToken), _timeout, _time);
        await body.CopyToAsync(stream, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
