using Lucene.Net.Analysis.Core;
using Lucene.Net.Codecs;
using Lucene.Net.Codecs.Compressing;
using Lucene.Net.Codecs.Lucene46;
using Lucene.Net.Index;
using Lucene.Net.Util;
using RagApp.Storage.Lucene.Keywords;

namespace RagApp.Storage.Lucene;

/// <summary>
/// The on-disk format of the index: Lucene's, except that stored chunks are compressed in blocks of about two instead of
/// 16 KiB. A search fetches a hundred chunks from all over the index, and decompressing 16 KiB for each was slower than
/// finding them. The format's name is stored in the index: another format takes another name.
/// </summary>
[CodecName(Format)]
internal sealed class ChunkCodec() : FilterCodec(new Lucene46Codec())
{
    private const string Format = "RagAppChunks3";

    /// <summary>Size at which a block is closed, in bytes before compression.</summary>
    private const int BlockSize = 2048;

    /// <summary>Memory of a writer for unwritten changes, in MiB.</summary>
    private const double BufferMegabytes = 16;

    private readonly CompressingStoredFieldsFormat _storedFields = new(Format, CompressionMode.FAST, BlockSize);

    public override StoredFieldsFormat StoredFieldsFormat => _storedFields;

    /// <summary>
    /// Settings of an index writer for this format. Its analyser is never used: terms are given ready
    /// (<see cref="CountedTerms"/>).
    /// </summary>
    public static IndexWriterConfig WriterConfig() => new(LuceneVersion.LUCENE_48, new KeywordAnalyzer())
    {
        Codec = new ChunkCodec(),
        RAMBufferSizeMB = BufferMegabytes,
    };

    /// <summary>Registers the codec by name, which reading an index requires; call it before the first use of Lucene.</summary>
    public static void Register() => SetCodecFactory(new Factory());

    private sealed class Factory : DefaultCodecFactory
    {
        protected override void Initialize()
        {
            base.Initialize();
            PutCodecType(typeof(ChunkCodec));
        }

        /// <exception cref="InvalidDataException">The index was written in a format that is no longer read.</exception>
        public override Codec GetCodec(string name) =>
            name.StartsWith("RagAppChunks", StringComparison.Ordinal) && !string.Equals(name, Format, StringComparison.Ordinal)
                ? throw new InvalidDataException(
                    $"The tenant's index is in the format '{name}' of another version of RagApp, and this one reads '{Format}': run 'maintenance rebuild-index'.")
                : base.GetCodec(name);
    }
}
