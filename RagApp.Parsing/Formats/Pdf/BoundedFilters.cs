using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>
/// PdfPig's filters with a limit on the output of each: a few kilobytes compressed three times can unpack to gigabytes.
/// A stream that could exceed the limit is first unpacked only to count its bytes.
/// </summary>
internal sealed class BoundedFilters : IFilterProvider
{
    /// <summary>Largest number of bytes that Deflate unpacks from one byte.</summary>
    private const int DeflateRatio = 1032;

    private readonly IFilterProvider _inner = DefaultFilterProvider.Instance;

    /// <summary>True when a stream was refused since the last reset; PdfPig may continue without the stream instead of failing.</summary>
    public bool Refused { get; set; }

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Bound(_inner.GetFilters(dictionary));

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => Bound(_inner.GetNamedFilters(names));

    public IReadOnlyList<IFilter> GetAllFilters() => Bound(_inner.GetAllFilters());

    private List<IFilter> Bound(IReadOnlyList<IFilter> filters) => [.. filters.Select(filter => new Bounded(filter, this))];

    private ParseLimitException Refuse(string reason)
    {
        Refused = true;
        return new ParseLimitException(reason);
    }

    private sealed class Bounded(IFilter inner, BoundedFilters owner) : IFilter
    {
        public bool IsSupported => inner.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            if (!inner.IsSupported)
                throw owner.Refuse("A page of it is packed as a picture is, and is not unpacked.");
            if (inner is FlateFilter && input.Length > ParseLimits.PdfStreamBytes / DeflateRatio && Inflated(input) > ParseLimits.PdfStreamBytes)
                throw owner.Refuse($"A part of it unpacks to more than {ParseLimits.PdfStreamBytes >> 20} MB.");
            return inner.Decode(input, streamDictionary, filterProvider, filterIndex);
        }

        /// <summary>Number of bytes unpacked before the end, damaged data or the limit.</summary>
        private static long Inflated(Memory<byte> input)
        {
            using var inflate = new ZLibStream(new MemoryStream(input.ToArray(), writable: false), CompressionMode.Decompress);
            var buffer = new byte[64 * 1024];
            long count = 0;
            try
            {
                while (count <= ParseLimits.PdfStreamBytes && inflate.Read(buffer) is var read and not 0)
                    count += read;
            }
            catch (InvalidDataException)
            {
                // count the bytes before the damage
            }
            return count;
        }
    }
}
