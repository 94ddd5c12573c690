package tv.roster.platform.http.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tv.roster.platform.http.limits.RequestPlaces.Place;

class RequestPlacesTest {
    private static final int ALL = 100;

    private final RequestPlaces places = new RequestPlaces(ALL, ALL);

    /// As many as this party gets.
    private List<Place> takeAll(int party) {
        var taken = new ArrayList<Place>();
        for (var place = new Place(places); place.takeFor(party); place = new Place(places)) {
            taken.add(place);
        }
        return taken;
    }

    @Test
    void onePartyHasThreeQuartersAtTheMost() {
        assertThat(takeAll(1)).hasSize(ALL * 3 / 4);
    }

    @Test
    void whereOnePartyHasAllThatItMayHaveTheNextFindsSome() {
        for (int party = 0; party < 4; party++) {
            assertThat(takeAll(party)).as("party %d", party).isNotEmpty();
        }
    }

    @Test
    void partiesThatWantAllGetLessOfWhatIsGivenBack() {
        var first = takeAll(1);
        var second = takeAll(2);
        for (int turn = 0; turn < 200; turn++) {
            first.addFirst(new Place(places));
            first.removeLast().giveBack();
            if (!first.getFirst().takeFor(1)) {
                first.removeFirst();
            }
            second.addAll(takeAll(2));
        }
        assertThat(first).hasSizeBetween(40, 44);
        assertThat(second).hasSizeBetween(40, 44);
    }

    @Test
    void aPartysFirstPlaceOnlyHasToBeFree() {
        var one = new RequestPlaces(1, 1);
        assertThat(new Place(one).takeFor(1)).isTrue();
        assertThat(new Place(one).takeFor(2)).isFalse();
    }

    @Test
    void thoseThatAreNotToldApartHaveAll() {
        assertThat(takeAll(Slots.NONE)).hasSize(ALL);
    }

    @Test
    void whatIsGivenBackIsThereAgain() {
        for (int round = 0; round < 3; round++) {
            var taken = Stream.of(takeAll(1), takeAll(2)).flatMap(List::stream).toList();
            var waiting = new Place(places);
            assertThat(waiting.take()).isTrue();
            waiting.giveBack();
            taken.forEach(Place::giveBack);
            taken.forEach(Place::giveBack);
            assertThat(places.areFree()).isTrue();
        }
        assertThat(takeAll(1)).hasSize(ALL * 3 / 4);
    }

    @Test
    void aPlaceIsTakenOnce() {
        var place = new Place(places);
        assertThat(place.take()).isTrue();
        assertThat(place.takeFor(1)).isTrue();
        assertThat(place.takeFor(1)).isTrue();
        place.giveBack();
        assertThat(places.areFree()).isTrue();
    }
}
