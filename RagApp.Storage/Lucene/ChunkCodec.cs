using Lucene.Net.Analysis.Core;
using Lucene.Net.Codecs;
using Lucene.Net.Codecs.Compressing;
using Lucene.Net.Codecs.Lucene46;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace RagApp.Storage.Lucene;

/// <summary>
/// How the index lies on disk: Lucene's way but for stored chunks, which are compressed two or so at a time and
/// not 16 KiB at a time. A search fetches a hundred chunks from all over the index, and unpacking 16 KiB for each
/// cost more than finding them. The name stands in the index: another format takes another name.
/// </summary>
[CodecName(Format)]
internal sealed class ChunkCodec() : FilterCodec(new Lucene46Codec())
{
    private const string Format = "RagAppChunks3";

    /// <summary>A block is closed when it has grown to this, in bytes before compression.</summary>
    private const int BlockSize = 2048;

    /// <summary>Memory of a writer for changes not yet written, in MiB.</summary>
    private const double BufferMegabytes = 16;

    private readonly CompressingStoredFieldsFormat _storedFields = new(Format, CompressionMode.FAST, BlockSize);

    public override StoredFieldsFormat StoredFieldsFormat => _storedFields;

    /// <summary>Settings of a writer in this format. Terms come ready (<see cref="CountedTerms"/>): its analyser is never asked.</summary>
    public static IndexWriterConfig WriterConfig() => new(LuceneVersion.LUCENE_48, new KeywordAnalyzer())
    {
        Codec = new ChunkCodec(),
        RAMBufferSizeMB = BufferMegabytes,
    };

    /// <summary>Makes the codec known by its name, which reading an index takes; before the first use of Lucene.</summary>
    public static void Register() => SetCodecFactory(new Factory());

    private sealed class Factory : DefaultCodecFactory
    {
        protected override void Initialize()
        {
            base.Initialize();
            PutCodecType(typeof(ChunkCodec));
        }

        /// <exception cref="InvalidDataException">The index was written in a format that is not read any more.</exception>
        public override Codec GetCodec(string name) =>
            name.StartsWith("RagAppChunks", StringComparison.Ordinal) && !string.Equals(name, Format, StringComparison.Ordinal)
                ? throw new InvalidDataException(
                    $"The tenant's index is in the format '{name}' of another version of RagApp, and this one reads '{Format}': run 'maintenance rebuild-index'.")
                : base.GetCodec(name);
    }
}
