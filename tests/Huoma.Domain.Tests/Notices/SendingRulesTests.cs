using FsCheck;
using FsCheck.Fluent;
using Huoma.Domain.Notices;

namespace Huoma.Domain.Tests.Notices;

public sealed class SendingRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(NoticeChannelKind.Wecom, 60, 20)]
    [InlineData(NoticeChannelKind.Dingtalk, 60, 20)]
    [InlineData(NoticeChannelKind.Feishu, 60, 100)]
    [InlineData(NoticeChannelKind.Feishu, 1, 5)]
    public void Pace_KeepsThePlatformsLimit_InEveryWindow(NoticeChannelKind kind, int seconds, int limit)
    {
        var pace = SendingPace.Of(kind);

        // Whatever the gaps between the tries, in hundredths of a second.
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 200).ListOf(300).ToArbitrary(), gaps =>
        {
            var (now, freeAt, sent) = (Start, Start, new List<DateTimeOffset>());
            foreach (var gap in gaps)
            {
                now += TimeSpan.FromMilliseconds(gap * 10);
                if (pace.Room(freeAt, now) > 0)
                {
                    sent.Add(now);
                    freeAt = pace.After(freeAt, now);
                }
            }

            return sent.TrueForAll(first => sent.Count(at => at >= first && at < first + TimeSpan.FromSeconds(seconds)) <= limit);
        }));
    }

    [Fact]
    public void Plan_TellsManyTogether_AndWaitsWhenThereIsNoRoom()
    {
        var pace = SendingPace.Of(NoticeChannelKind.Wecom);

        pace.Plan(5, Start, Start).ShouldBe(SendingPlan.EachItsOwn);
        pace.Plan(6, Start, Start).ShouldBe(SendingPlan.OneDigest);
        pace.Plan(3, Start.AddSeconds(12), Start).ShouldBe(SendingPlan.OneDigest);
        pace.Plan(1, Start.AddSeconds(20), Start).ShouldBe(SendingPlan.Wait);
        pace.Plan(0, Start, Start).ShouldBe(SendingPlan.Wait);
    }

    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 30)]
    [InlineData(5, 240)]
    [InlineData(9, 1800)]
    [InlineData(1000, 1800)]
    public void Retry_WaitsTwiceAsLong_UpToHalfAnHour(int failures, int seconds) => RetryRules.WaitAfter(failures).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(23 * 60, 8 * 60, 22 * 60 + 59, false)]
    [InlineData(23 * 60, 8 * 60, 23 * 60, true)]
    [InlineData(23 * 60, 8 * 60, 0, true)]
    [InlineData(23 * 60, 8 * 60, 8 * 60, false)]
    [InlineData(12 * 60, 14 * 60, 13 * 60, true)]
    [InlineData(12 * 60, 14 * 60, 15 * 60, false)]
    public void Quiet_MayGoOverMidnight(int from, int to, int minute, bool quiet) => new QuietHours(from, to).Contains(minute).ShouldBe(quiet);

    [Theory]
    [InlineData(480, 480)]
    [InlineData(0, 17 * 60)]
    [InlineData(-1, 10)]
    [InlineData(10, 1440)]
    public void Quiet_RefusesWhatWouldSwallowNotices(int from, int to) => new QuietHours(from, to).CanBeSet().ShouldNotBeNull();

    [Theory]
    [InlineData(null, null)]
    [InlineData(0, "按当前速度约 1 分钟后用完")]
    [InlineData(59, "按当前速度约 59 分钟后用完")]
    [InlineData(134, "按当前速度约 2.2 小时后用完")]
    [InlineData(3 * 1440, "按当前速度约 3 天后用完")]
    public void Forecast_IsSaidInTheLargestUnit(int? minutes, string? text) => NoticeTexts.Forecast(minutes).ShouldBe(text);

    [Fact]
    public void Texts_SayWhatFollowsAndWhatToDo_ForEveryKind()
    {
        foreach (var kind in NoticeKinds.All)
        {
            var text = NoticeTexts.Of(new Notice { Id = default, Kind = kind, LiveCodeId = default, CodeName = "读书会", HoursBefore = 24, PlacesLeft = 5, CreatedAt = Start });

            (text.Title.Length > 0 && text.Consequence.Length > 0 && text.Action.Length > 0).ShouldBeTrue(kind.ToString());
            if (NoticeKinds.AboutOf(kind) == NoticeAbout.Slots)
            {
                text.Consequence.ShouldContain("店小二已下班");
            }
        }

        NoticeTexts.Time(Start, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).ShouldBe("2026-11-22 12:00（北京时间）");
        NoticeTexts.Time(Start, TimeZoneInfo.Utc).ShouldBe("2026-11-22 04:00（UTC）");
    }

    [Fact]
    public void Kinds_AreAChoice() => NoticeKinds.Of(NoticeKinds.MaskOf([NoticeKind.CodeExhausted, NoticeKind.CodeForecast]))
        .ShouldBe([NoticeKind.CodeExhausted, NoticeKind.CodeForecast]);
}
