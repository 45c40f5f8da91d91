using Huoma.Domain.Campaigns;

namespace Huoma.Domain.Tests.Campaigns;

public sealed class InviteTreeTests
{
    [Fact]
    public void Path_LeadsDownFromTheOneWithWhomItBegan()
    {
        var inviterOf = new Dictionary<ParticipantId, ParticipantId> { [Of(3)] = Of(2), [Of(2)] = Of(1), [Of(9)] = Of(1) };

        InviteTree.PathTo(Of(3), inviterOf).ShouldBe([Of(1), Of(2), Of(3)]);
        InviteTree.PathTo(Of(1), inviterOf).ShouldBe([Of(1)]);
        InviteTree.LevelOf(Of(3), inviterOf).ShouldBe(3);
        InviteTree.LevelOf(Of(7), inviterOf).ShouldBe(1, "nobody invited him");
    }

    [Fact]
    public void Path_Ends_ThoughTheDataGoInACircleOrVeryDeep()
    {
        InviteTree.PathTo(Of(1), new Dictionary<ParticipantId, ParticipantId> { [Of(1)] = Of(2), [Of(2)] = Of(1) }).ShouldBe([Of(2), Of(1)]);
        InviteTree.PathTo(Of(1), new Dictionary<ParticipantId, ParticipantId> { [Of(1)] = Of(1) }).ShouldBe([Of(1)]);
        InviteTree.LevelOf(Of(1), Enumerable.Range(1, 100).ToDictionary(id => Of(id), id => Of(id + 1))).ShouldBe(InviteTree.MaxLevel);
    }

    private static ParticipantId Of(long id) => new(id);
}
