//! What whoever runs Muster does and sees: copies, the doctor, figures, logs, a full disk. With the real binary.

mod backup;
mod doctor;
mod figures;
mod full;
#[path = "../store/place.rs"]
#[expect(
    dead_code,
    reason = "shared with the store's tests, which use more of it"
)]
mod place;
#[path = "../mail/post_office.rs"]
#[expect(
    dead_code,
    reason = "shared with the tests of mail, which use more of it"
)]
mod post_office;
#[path = "../store/postgres.rs"]
mod postgres;
mod process;
#[path = "../public/s3.rs"]
#[expect(
    dead_code,
    reason = "shared with the tests of the public side, which use more of it"
)]
mod s3;
