using RagApp.Gateway.Answers.Extractive;

namespace RagApp.Tests.Gateway.Extractive;

public sealed class ReferencesTests
{
    [Theory]
    [InlineData(true, "199 Koton S, Rothwell PM. Performance of the ABCD and ABCD2 scores in patients. Cerebrovascular Diseases 2007;24(2–3):231–235. 200 McManus R, Lee A. Data for a model.")]
    [InlineData(true, "Voute, A.D (1946), 'Regulation of the density of insects', Vol. 7, pp. 435–470. Kelling, M.J, May, R.M (2003), 'Modelling vaccination', Nature, No. 425.")]
    [InlineData(false, "Every employee has 30 days of leave. Unused days lapse on 31 March (see the policy of 2024).")]
    [InlineData(false, "The speech of Andrew G Haldane was given in 2009. It compares the fall of Lehman with SARS, as Smith et al. did.")]
    [InlineData(false, "Region | 2022 | 2023 | 2024 | 2025\nRegion: Sweden | 2022: 120 | 2023: 140 | 2024: 95\nRegion: Norway | 2022: 88 | 2023: 70 | 2024: 75")]
    [InlineData(false, "")]
    public void AreIn_Passage_TellsListsOfReferences(bool expected, string text) => References.AreIn(text).ShouldBe(expected);
}
